// The scorers of L-Eval, LIBRA, BAMBOO, CLongEval and LooGLE, rule by rule over hard answers.
#include <QtTest>
#include <cmath>

#include "core/metrics/all_metrics.h"
#include "core/metrics/meteor.h"
#include "core/text/chinese_words.h"

using namespace loom;
using nlohmann::json;

namespace {

using Texts = std::vector<std::string>;

MetricScore score_of(const char* metric, const std::string& answer, const Texts& references,
                     json parameters = json::object(), json record = json::object()) {
  auto found = find_metric(metric);
  return (*found)->score({answer, references, std::move(parameters), std::move(record)});
}

bool near(double a, double b) {
  return std::abs(a - b) < 1e-12;
}

// Every answer must score so much.
void check(const char* metric, const json& parameters, const Texts& references, double value,
           const Texts& answers, const json& record = json::object()) {
  for (const std::string& answer : answers) {
    const double got = score_of(metric, answer, references, parameters, record).value.value_or(-1);
    QVERIFY2(near(got, value), (answer + " → " + std::to_string(got)).c_str());
  }
}

}  // namespace

class ExamScorersTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void singleLetters();
  void severalLetters();
  void numbers();
  void programs();
  void freeTexts();
  void twoTruths();
  void russianWords();
  void firstLetters();
  void bareAnswers();
  void verdicts();
  void orders();
  void stories();
  void newsLabels();
  void typos();
  void passagesAndCells();
  void measures();
  void masks();
  void events();
};

void ExamScorersTest::singleLetters() {
  const json kind = {{"kind", "letter"}};
  check(
      "leval_exam", kind, {"(B) the mill"}, 1,
      {"B", "B.", "(B) the mill", "b or B", "is it B?", "the BBC", "<think>B</think> C", "答案B"});
  // The first capital counts, wherever it stands; a refusal holds one too.
  check("leval_exam", kind, {"B"}, 0,
        {"", "A", "C", "Answer: B", "D or B", "I Cannot say", "ACB", "A, not B"});
  check("leval_exam", kind, {"B"}, 0, {"b", "the mill", "否"});  // no capital: A
  check("leval_exam", kind, {"A"}, 1, {"the park", "a"});
  check("leval_exam", kind, {"BC"}, 0.25, {"B", "C", "B."});
  check("leval_exam", kind, {"A"}, 0, {"  ", "\n", "\u3000"});  // blank: "None"
}

void ExamScorersTest::severalLetters() {
  const json kind = {{"kind", "letters"}};
  check("leval_exam", kind, {"AB"}, 1,
        {"AB", "BA", "A B ", "A) and B)", "A. B.", "ABAB", "A \nB\n", "AB.", "BA are right"});
  check("leval_exam", kind, {"AB"}, 0.25, {"A", "B", "A.", "the A ", "b", "no idea"});
  check("leval_exam", kind, {"AB"}, 0, {"C", "ABC", "D", "A. C.", ""});
  check("leval_exam", kind, {"AB"}, 1, {"A. B. Question 2: C."});
  // One letter at the beginning counts beside those that are closed further on.
  check("leval_exam", kind, {"AC"}, 1,
        {"A, C.", "A and C)", "A: right, as is C ", "A,\u3000C\u3000"});
  check("leval_exam", kind, {"AC"}, 0.25, {"A, C", "A: right. Question 2: C."});
  check("leval_exam", kind, {"BD"}, 1, {"B: correct. Also D) holds"});
  check("leval_exam", kind, {"A"}, 0, {"  ", "\n\t"});
  check("leval_exam", kind, {"A"}, 1, {"none. Question: B"});  // no letter is left: A
}

void ExamScorersTest::numbers() {
  const json kind = {{"kind", "number"}};
  check("leval_exam", kind, {"18"}, 1,
        {"18", "The answer is 18", "The answer is $18.00 a day.", "so 9 * 2 = 18", "18 eggs",
         "18.5", "5\nThe answer is 18\n\nQuestion: 3", "18\n\n20", "The answer is 1,8", "= $18"});
  check("leval_exam", kind, {"18"}, 0,
        {"", "eighteen", "The answer is eighteen, 18", "180", "1 8", "18 and 20", "I refuse",
         "答案"});
  check("leval_exam", kind, {"1,800"}, 1, {"The answer is 1800", "1,800"});
  // Without a word right behind it the phrase does not count.
  check("leval_exam", kind, {"18"}, 1, {"= 18. The answer is ", "18 The answer is  ?"});
}

void ExamScorersTest::programs() {
  const json kind = {{"kind", "code"}};
  check("leval_exam", kind, {"[1, 2]"}, 1,
        {"[1, 2]", "the final output is [1, 2]", "The result of the code is [1, 2]", "1 2",
         "printed: [1, 2].", "a b c d e [1, 2]"});
  check("leval_exam", kind, {"[1, 2]"}, 0,
        {"", "[2, 1]", "[1, 3]", "one two", "the final output is a b c d e f [1, 2]",
         "I cannot run code", "否"});
  check("leval_exam", kind, {"3.0"}, 1, {"3", "3.0", "it will be 3"});
  // Five pieces: the space behind the phrase, and one at the end, makes an empty one.
  check("leval_exam", kind, {"[1, 2]"}, 1, {"the final output is a b [1, 2]", "[1, 2] a b\n"});
  check("leval_exam", kind, {"[1, 2]"}, 0, {"the final output is a b c [1, 2]", "[1, 2] a b c\n"});
  // The backslash is deleted, and the word it was is none; a quote stays one.
  check("leval_exam", kind, {"[1, 2]"}, 1, {"[1, 2] a \\ b c"});
  check("leval_exam", kind, {"[1, 2]"}, 0, {"[1, 2] a b c \""});
}

void ExamScorersTest::freeTexts() {
  // "The" with a capital is no article there.
  const Texts gold = {"The role of art"};
  check("leval_exam", json::object(), gold, 1,
        {"The role of art", "It was The Role Of Art.", "theroleofart", "first: \"THE role of art\"",
         "The role of the art", "so: The role of art, and more"});
  check("leval_exam", json::object(), gold, 0,
        {"", "art", "role of art", "the role of art", "role of", "the rôle of art", "I do not know",
         "艺术"});
  check("leval_exam", json::object(), {"7"}, 1, {"7", "It is 17"});
  check("leval_exam", json::object(), {"7"}, 0, {"8", "8.0", "70"});
  // Numbers are those of Python's float, for which 0x1A is a text.
  check("leval_exam", json::object(), {"0x1A"}, 1, {"0x1A", "it is 0x1a"});
  check("leval_exam", json::object(), {"0x1A"}, 0, {"26", "26.0"});
  check("leval_exam", json::object(), {"1e3"}, 1, {"1000", "1E3"});
}

void ExamScorersTest::twoTruths() {
  const json kind = {{"kind", "fact"}};
  const Texts gold = {"True [fact: False]"};
  check("leval_exam", kind, gold, 1,
        {"True [fact: False]", "true. [fact: it is false]", "TRUE because [fact: False.",
         "Answer: True [fact: FALSE]", "True [fact: False] [fact: True]"});
  check("leval_exam", kind, gold, 0.5,
        {"True [fact: True]", "False [fact: False]", "True", "I cannot say [fact: false]",
         "True [fact: False", "true [fact: ]"});
  check("leval_exam", kind, gold, 0,
        {"", "False [fact: True]", "[fact: True]", "no [fact: no]", "不 [fact: 是]"});
}

// The whole answer counts; punctuation is deleted, so that words beside a hyphen become one; the
// articles of English are words.
void ExamScorersTest::russianWords() {
  const json words = {{"articles", false}};
  const Texts gold = {"научно-исследовательский институт"};
  check("squad_f1", words, gold, 1,
        {"научно-исследовательский институт", "Научно-исследовательский\nинститут.",
         "институт научноисследовательский"});
  check("squad_f1", words, gold, 0.8, {"ответ:\nНаучно-исследовательский институт"});
  check("squad_f1", words, gold, 0, {"", "научно исследовательский", "не знаю", "—", "the"});
  check("squad_f1", words, {"кто"}, 0, {"кто-то", "что"});
  check("squad_f1", words, {"the mill"}, 2.0 / 3, {"mill"});
  check("squad_f1", json::object(), {"the mill"}, 1, {"mill"});
  check("squad_f1", words, {""}, 0, {"", "кто"});
}

void ExamScorersTest::firstLetters() {
  check("first_letter", json::object(), {"B"}, 1,
        {"B", "b", "B. the mill", " B", "\n\nB", "Both are", "but", "B\nA", "BA"});
  check("first_letter", json::object(), {"B"}, 0,
        {"", "A", "[B]", "(B)", "The answer is B", "Answer: B", "<think>B", "否", " \n", "E", "1",
         "é"});
}

void ExamScorersTest::bareAnswers() {
  check("bare_match", json::object(), {"1964"}, 1, {"1964", " 1964.", "1964\n", "..1964.."});
  check("bare_match", json::object(), {"1964"}, 0,
        {"", "in 1964", "1964 .", "1964\n1965", "64", "一九六四"});
  const json line = {{"first_line", true}};
  check("bare_match", line, {"Janet Finch-Saunders AM"}, 1,
        {"Janet Finch-Saunders AM", "janet finch-saunders am.", "JANET FINCH-SAUNDERS AM\nmore"});
  check("bare_match", line, {"Janet Finch-Saunders AM"}, 0,
        {"", "\nJanet Finch-Saunders AM", "Janet", "It is Janet Finch-Saunders AM",
         "Finch-Saunders Janet AM"});
}

void ExamScorersTest::verdicts() {
  check("yes_match", json::object(), {"true"}, 1,
        {"yes", "Yes.", " YES, it does", "yes and no", "yesterday"});
  check("yes_match", json::object(), {"true"}, 0,
        {"", "no", "It is yes", "\"yes\"", "true", "<think>yes", "是", "ja", "I say yes", "y"});
  check("yes_match", json::object(), {"false"}, 1, {"", "no", "No.", "It follows"});
  check("yes_match", json::object(), {"false"}, 0, {"yes"});
}

void ExamScorersTest::orders() {
  const Texts gold = {"2", "0", "1", "3", "4"};
  check("concordance", json::object(), gold, 1,
        {"[2] > [0] > [1] > [3] > [4]", "2,0,1,3,4", "[3] > [1] > [2] > [4] > [5]",
         "2 0 1 3 4 done"});
  check("concordance", json::object(), gold, 0,
        {"", "[4] > [3] > [1] > [0] > [2]", "[2] > [0]", "2 0 1 3 4 5", "no order", "二零一三四",
         "20134"});
  check("concordance", json::object(), gold, 1, {"２ ０ １ ３ ４"});
  check("concordance", json::object(), gold, 0, {"2 0 1 3 4 Ａ１"});
  check("concordance", json::object(), gold, 0.9, {"0 2 1 3 4", "2 0 1 4 3"});
  // A number that stands twice is before what is behind its first place and behind what is before
  // its last one.
  check("concordance", json::object(), gold, 0.6, {"0 0 1 3 4"});
  check("concordance", json::object(), gold, 0.3, {"2 2 0 2 1"});
  Texts many;
  std::string all;
  for (int i = 0; i < 20000; ++i) all += many.emplace_back(std::to_string(i)) + " ";
  check("concordance", json::object(), many, 1, {all});
}

void ExamScorersTest::stories() {
  if (auto ready = chinese_words_ready(); !ready) QSKIP("skipped: python3-jieba is not installed");
  check("story_f1_zh", json::object(), {"一九〇二年"}, 1,
        {"一九〇二年", " 一九〇二年。", "一九〇二年\n问题：别的", "一九〇二年问题：别的",
         "“一九〇二年”"});
  check("story_f1_zh", json::object(), {"一九〇二年"}, 0,
        {"", "\n", "不知道", "1902", "问题：一九〇二年", "park", "无法回答"});
}

void ExamScorersTest::newsLabels() {
  const Texts gold = {"新闻 1：体育\n新闻 2：科技"};
  check("news_labels", json::object(), gold, 1,
        {"新闻1，类别名：体育\n新闻2，类别名：科技", "新闻1，类别名1：体育\n新闻2，类别名2：科技",
         "新闻1：体育\n新闻 2，科技", " 新闻1：体育\n\n新闻2：科技。\n新闻3：时政"});
  check("news_labels", json::object(), gold, 0.5,
        {"新闻1：体育", "新闻2：科技\n新闻1：科技", "见 新闻1，体育 新闻2，科技"});
  check("news_labels", json::object(), gold, 0,
        {"", "体育\n科技", "1：体育", "新闻一：体育", "新闻1:体育", "News 1: sports", "无法判断",
         "新闻1\n体育"});
}

void ExamScorersTest::typos() {
  const Texts gold = {"1，元，园\n3，买，卖"};
  check("typo_lines", json::object(), gold, 1,
        {"1，元，园\n3，买，卖", "1,元,园\n3,买,卖",
         "段落ID：1，错别字1，元，正确字1，园\n段落ID：3，错别字：买，正确字：卖",
         "段落ID：1，错别字，元，正确字，园\n3，买，别", "1，元，园（同音）\n3，买，卖（同音）"});
  check("typo_lines", json::object(), gold, 0.5,
        {"1，元，园", "3，买，卖\n2，空，恐", "1，园，元\n3，买，卖"});
  check("typo_lines", json::object(), gold, 0,
        {"", "1，元，园\n\n3，买，卖", "元，园", "没有错别字", "1：元", "2，元，园",
         "（1，元，园）", "none"});
  check("typo_lines", json::object(), gold, 0.5,
        {std::string(1'000'000, '7') + "\n1，元，园", std::string(1000, '7') + " 1，元，园"});
}

void ExamScorersTest::passagesAndCells() {
  check("passage_similarity", json::object(), {"磨坊空着。"}, 1,
        {"磨坊空着。", "磨坊空着", "“磨坊空着”键：b2"});
  check("passage_similarity", json::object(), {"磨坊空着。"}, 0.75, {"磨坊空了", "磨坊空"});
  check("passage_similarity", json::object(), {"磨坊空着。"}, 0,
        {"", "键：磨坊空着", "abcd", "公园鲤鱼"});
  check("cell_match", json::object(), {"434.59"}, 1,
        {"434.59", "是434.59元", "43459", "4,3459", "价：434.59。"});
  check("cell_match", json::object(), {"434.59"}, 0,
        {"", "434.5", "434", "四百", "434 59", "不知道", "4345", "459.34", "none"});
}

void ExamScorersTest::measures() {
  if (auto ready = meteor_ready(); !ready) QSKIP("skipped: WordNet is not installed");
  const MetricScore same =
      score_of("text_measures", "the mill is empty now", {"the mill is empty now"});
  QVERIFY(near(same.parts["bleu_1"].get<double>(), 1) &&
          near(same.parts["bleu_4"].get<double>(), 1));
  QVERIFY(near(same.parts["rouge_2_recall"].get<double>(), 1));
  const MetricScore none = score_of("text_measures", "", {"the mill is empty now"});
  QVERIFY(*none.value < 1e-9 && none.parsed == "None");
  const MetricScore part = score_of("text_measures", "the mill", {"the mill is empty"});
  // Brevity penalty exp(1 - 4/2) on a whole precision; half of the words.
  QVERIFY(std::abs(part.parts["bleu_1"].get<double>() - std::exp(-1.0)) < 1e-12);
  QVERIFY(near(part.parts["rouge_1_recall"].get<double>(), 0.5));
  QVERIFY(near(part.parts["rouge_2_recall"].get<double>(), 1.0 / 3));
}

void ExamScorersTest::masks() {
  const json record = {{"masks", {{"<mask-0>", "Jack Waz"}, {"<mask-1>", "Elmford"}}}};
  auto one = [&](const std::string& answer) {
    return score_of("masked_names", answer, {"x"}, json::object(), record);
  };
  for (const char* right : {"{'<mask-0>': 'Jack Waz', '<mask-1>': 'Elmford'}",
                            "{\"<mask-0>\": \"Jack Waz\", \"<mask-1>\": \"Elmford\",}\n"})
    QVERIFY2(near(*one(right).value, 1), right);
  const MetricScore half = one("{'<mask-0>': 'Jack', '<mask-1>': 'Elmford'}");
  QVERIFY(near(*half.value, 0.5) && near(half.parts["partial"].get<double>(), 1));
  for (const char* none :
       {"", "Jack Waz, Elmford", "{'<mask-0>': 'jack waz'}", "{'<mask-0>': __import__('os')}",
        "{'<mask-0>': 'Jack Waz'", "['Jack Waz']", "{0: 'Jack Waz'}", "I refuse", "{'a': 'b'}",
        "Answer: {'<mask-0>': 'Jack Waz'}", "{'<mask-0>': None}", "空"})
    QVERIFY2(near(*one(none).value, 0), none);
  // A task's score is of masks, not of questions: three of four here, not three quarters of two.
  const json three = {{"exact", 3}, {"masks", 3}}, none = {{"exact", 0}, {"masks", 1}},
             broken = {{"exact", "3"}, {"masks", -1}};
  const std::vector<const json*> both = {&three, &none}, worse = {&three, &none, &broken};
  const Metric* metric = *find_metric("masked_names");
  QVERIFY(near(*metric->whole(both), 0.75));
  QVERIFY(near(*metric->whole(worse), 0.75));
  QVERIFY(!metric->whole({}));
}

void ExamScorersTest::events() {
  const Texts gold = {"II,I,III"};
  check("event_order", json::object(), gold, 1,
        {"II,I,III", "II, I, III", "II > I > III", "Order: II I III"});
  check("event_order", json::object(), gold, 0,
        {"", "2,1,3", "II,I", "II,I,III,IV", "II,II,III", "ii,i,iii", "IIIIII", "I refuse",
         "二,一,三", "III,I,II"});
  const MetricScore swapped = score_of("event_order", "I,II,III", gold);
  QVERIFY(near(*swapped.value, 0.5) && swapped.parts["swaps"] == 1);
  // In LooGLE's task they are measured like all other questions. An order is one word.
  if (auto ready = meteor_ready(); !ready) QSKIP("skipped: WordNet is not installed");
  const json with_events = {{"events", true}};
  const MetricScore measured = score_of("text_measures", "I,II,III", gold, with_events);
  QVERIFY(*measured.value < 1e-9);
  QVERIFY(near(measured.parts["event_order"].get<double>(), 0.5));
  QCOMPARE(measured.parts["swaps"], json(1));
  QVERIFY(!score_of("text_measures", "I,II,III", gold).parts.contains("swaps"));
}

QTEST_APPLESS_MAIN(ExamScorersTest)
#include "exam_scorers_test.moc"
