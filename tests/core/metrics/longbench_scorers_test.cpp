// The scorers of LongBench, LongBench v2, LV-Eval and InfiniteBench, rule by rule over hard
// answers.
#include <QtTest>
#include <cmath>

#include "core/metrics/all_metrics.h"
#include "core/text/chinese_words.h"

using namespace loom;
using nlohmann::json;

namespace {

using Texts = std::vector<std::string>;

double scored(const char* metric, const std::string& answer, const Texts& references,
              json parameters = json::object(), json record = json::object()) {
  auto found = find_metric(metric);
  auto score = (*found)->score({answer, references, std::move(parameters), std::move(record)});
  return score.value.value_or(-1);
}

bool near(double a, double b) {
  return std::abs(a - b) < 1e-12;
}

// Every answer must score so much.
#define EACH(metric, references, value, ...)                \
  for (const std::string& answer : Texts{__VA_ARGS__})      \
  QVERIFY2(near(scored(metric, answer, references), value), \
           (answer + " → " + std::to_string(scored(metric, answer, references))).c_str())

}  // namespace

class LongBenchScorersTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void classes();
  void firstLine();
  void paragraphNumbers();
  void keywords();
  void chineseKeywords();
  void closingLetter();
  void firstNumber();
  void words();
  void lastNumber();
  void firstValue();
  void numberPrefix();
  void codeOption();
  void bookChoice();
  void citedAnswers();
};

void LongBenchScorersTest::classes() {
  const json record = {{"classes", {"Kind", "Kind of animal", "Animal", "Year", "Individual"}}};
  const json line = {{"first_line", true}};
  auto one = [&](const std::string& answer, const std::string& gold = "Kind of animal") {
    return scored("class_match", answer, {gold}, line, record);
  };
  QVERIFY(near(one("Kind of animal"), 1));
  QVERIFY(near(one("\n\nKind of animal\nQuestion: Year"), 1));
  QVERIFY(near(one("It is Kind of animal."), 1));
  QVERIFY(near(one("Kind of animal, Year"), 0.5));
  QVERIFY(near(one("Kind of animal, Year, Individual"), 1.0 / 3));
  for (const char* none : {"", "kind of animal", "Kind", "Year", "Kind\nKind of animal",
                           "KIND OF ANIMAL", "动物", "I cannot tell", "Kind of", "\n\n"})
    QVERIFY2(near(one(none), 0), none);
  // "Kind" is taken out, and the loop then skips "Kind of animal", which stays anyway.
  QVERIFY(near(one("Kind of animal Individual"), 0.5));
  // Two parts of the right name in a row: the second is skipped and so still counts.
  const json parts = {{"classes", {"a", "ab", "abc"}}};
  QVERIFY(near(scored("class_match", "abc", {"abc"}, line, parts), 0.5));
  QVERIFY(near(scored("class_match", "Year", {"Individual", "Year"}, line, record), 1));
}

void LongBenchScorersTest::firstLine() {
  const json line = {{"first_line", true}};
  QVERIFY(near(scored("squad_f1", "\n\nElmford\nPassage: more", {"Elmford"}, line), 1));
  QVERIFY(near(scored("squad_f1", "Elmford\nPassage: more", {"Elmford"}), 0.5));
  QVERIFY(near(scored("squad_f1", "\n", {"Elmford"}, line), 0));
  QVERIFY(near(scored("rouge", "the mill is empty\nmore", {"the mill is empty"}, line),
               scored("rouge", "the mill is empty", {"the mill is empty"})));
}

void LongBenchScorersTest::paragraphNumbers() {
  const json digits = {{"digits_of_reference", true}};
  auto one = [&](const std::string& answer) {
    return scored("number_share", answer, {"Paragraph 12"}, digits);
  };
  for (const char* right : {"Paragraph 12", "12", "paragraph 12.", "段落12", "(12)", "It is 12"})
    QVERIFY2(near(one(right), 1), right);
  for (const char* wrong : {"", "Paragraph 1", "Paragraph 120", "twelve", "Paragraph 012", "1 2",
                            "I do not know", "Paragraph"})
    QVERIFY2(near(one(wrong), 0), wrong);
  QVERIFY(near(one("Paragraph 12 or 13"), 0.5));
  QVERIFY(near(one("12, 12, 3"), 2.0 / 3));
  QVERIFY(near(scored("number_share", "段落3", {"段落3"}, digits), 1));
}

void LongBenchScorersTest::keywords() {
  auto one = [](const std::string& answer, const std::string& gold, const std::string& keys) {
    return scored("keyword_f1", answer, {gold}, json::object(), {{"keywords", keys}});
  };
  // The three worked examples of the authors.
  QVERIFY(near(one("For services to Medicine and to the community in the Cayman Islands.",
                   "For his services to music.", "services to music"),
               0.4));
  QVERIFY(near(one("There is no mention of 1999", "in 2020", "2020"), 0));
  QVERIFY(
      near(one("Low mechanical flexibility.", "Increased mechanical flexibility.", ""), 2.0 / 3));
  QVERIFY(near(one("the wheel", "the wheel", "wheel"), 1));
  QVERIFY(near(one("THE WHEEL!", "wheel", "wheel"), 1));
  QVERIFY(near(one("", "wheel", "wheel"), 0));
  QVERIFY(near(one("wheels", "wheel", "wheel"), 0));
  QVERIFY(near(one("", "", ""), 0));
  // One of five keys is just enough, one of six is not.
  QVERIFY(one("a1", "a1", "a1 b c d e") == 1 && one("a1", "a1", "a1 b2 c3 d4 e5 f6") == 0);
  // Silent words do not open the gate, though they count among the keys.
  QVERIFY(near(one("it was at the mill", "at the mill", "it was at the"), 0));
  QVERIFY(near(one("mill", "mill", "at the mill"), 1));
  QVERIFY(near(one("mill mill", "mill", "mill wheel pond carp park"), 2.0 / 3));
  QVERIFY(near(one("I cannot answer that", "mill", "mill"), 0));
  QVERIFY(near(one("磨坊", "mill", "mill"), 0));
  QVERIFY(near(one("<think>mill</think>", "mill", "mill"), 0));
}

void LongBenchScorersTest::chineseKeywords() {
  if (auto ready = chinese_words_ready(); !ready) QSKIP("skipped: python3-jieba is not installed");
  auto one = [](const std::string& answer, const std::string& gold, const std::string& keys) {
    return scored("keyword_f1_zh", answer, {gold}, json::object(), {{"keywords", keys}});
  };
  QVERIFY(near(one("贝多芬", "贝多芬", "贝多芬"), 1));
  QVERIFY(near(one("贝多芬。", "贝多芬", ""), 1));  // without keys the answer itself is the gate
  for (const char* none : {"", "贝克汉姆", "Beethoven", "不知道", "，。"})
    QVERIFY2(near(one(none, "贝多芬", ""), 0), none);
  QVERIFY(one("公园建于一九〇二年", "公园建于一九〇二年", "公园") == 1);
  QVERIFY(one("磨坊", "公园", "公园") == 0);
  auto rouge = [](const std::string& answer, const std::string& gold) {
    return scored("telling_rouge_l_zh", answer, {gold});
  };
  QVERIFY(rouge("公园建于河边", "公园建于河边") > 1 - 1e-7);
  QVERIFY(near(rouge("", "公园"), 0));
  QVERIFY(near(rouge("磨坊", "公园"), 0));
  // 的 and 和 say nothing: with or without them the texts are alike.
  QVERIFY(near(rouge("公园和磨坊", "公园磨坊"), rouge("公园磨坊", "公园磨坊")));
}

void LongBenchScorersTest::closingLetter() {
  const Texts gold = {"B"};
  EACH("closing_letter", gold, 1, "The correct answer is (B)", "The correct answer is (B).",
       "**The correct answer is (B)**", "The correct answer is **B**", "The correct answer is B",
       "The correct answer is Because it is", "I think C. The correct answer is (B)",
       "The correct answer is (B) not: The correct answer is (C)",
       "The correct answer is A, no: The correct answer is (B)");
  EACH("closing_letter", gold, 0, "B", "(B)", "The answer is (B)", "the correct answer is (B)",
       "The correct answer is (b)", "The correct answer is b", "The correct answer is (E)",
       "The correct answer is: B", "The correct answer is (", "The correct answer is",
       "I cannot answer", "正确答案是B", "The correct answer is (C)");
  EACH("closing_letter", gold, -1, "", "  \n", "***");
  QVERIFY(near(scored("closing_letter", " ", gold, {{"empty_is_wrong", true}}), 0));
  const json aside = {{"thought_aside", true}};
  auto thought = [&](const std::string& answer, const json& parameters) {
    return scored("closing_letter", answer, gold, parameters);
  };
  const std::string both =
      "<think>The correct answer is (A).</think>\n\nThe correct answer is (B).";
  QVERIFY(near(thought(both, aside), 1));
  QVERIFY(near(thought(both, json::object()), 0));
  QVERIFY(near(thought("<think>The correct answer is (B)", aside), 1));  // as a whole
  // Nothing behind a thought is a wrong answer, not an empty one.
  QVERIFY(near(thought("<think>The correct answer is (B)</think>", aside), 0));
}

void LongBenchScorersTest::firstNumber() {
  const Texts gold = {"71432"};
  EACH("first_number", gold, 1, "71432", "The pass key is 71432.", "71432 or 5", "key:71432!",
       "\n71432", "-71432", "是71432");
  EACH("first_number", gold, 0, "", "7143", "714321", "71 432", "5, then 71432", "071432",
       "seventy", "I refuse", "７１４３２", "71,432");
}

void LongBenchScorersTest::words() {
  const Texts gold = {"c0ffee-01"}, name = {"TOM"};
  EACH("word_match", gold, 1, "c0ffee-01", "\"c0ffee-01\"", "It is c0ffee-01.",
       "{\"b3\": \"c0ffee-01\"}", "no c0ffee-01 yes", "value:c0ffee-01");
  EACH("word_match", gold, 0, "", "c0ffee", "C0FFEE-01", "c0ffee-012", "(c0ffee-01)", "c0ffee -01",
       "I cannot", "xc0ffee-01", "c0ffee-01;");
  const json upper = {{"upper", true}};
  for (const char* right : {"Tom", "TOM", "tom.", "It's Tom", "Tom!"})
    QVERIFY2(near(scored("word_match", right, name, upper), 1), right);
  for (const char* wrong : {"Thomas", "Tommy", "", "Mara", "(Tom)", "To m"})
    QVERIFY2(near(scored("word_match", wrong, name, upper), 0), wrong);
  QVERIFY(near(scored("word_match", "Tom Hill", {"TOM HILL"}, upper), 0));  // can never match
}

void LongBenchScorersTest::lastNumber() {
  const Texts gold = {"-53"};
  EACH("last_number", gold, 1, "-53", "The value is -53", "-53.", "\"-53\"", "is: -53", " 1 2 -53 ",
       "-053");
  EACH("last_number", gold, 0, "", "53", "-53)", "= -53 .5", "-53 or", "minus 53", "-5", "- 53",
       "-53,", "I do not know", "−53");
  QVERIFY(near(scored("last_number", "+7", {"7"}), 1));
}

void LongBenchScorersTest::firstValue() {
  const Texts whole = {"17"}, part = {"3.25"};
  EACH("first_value", whole, 1, "17", "-17", "It is 17.", "17 and 3", "017", "x17y", "17.");
  EACH("first_value", whole, 1, "１７", "x１7.");
  EACH("first_value", whole, 0, "17１", "17.５");
  EACH("first_value", whole, 0, "", "3", "17.5", "17.0", "1 7", "3, 17", "seventeen", "171",
       "I refuse");
  EACH("first_value", part, 1, "3.25", "3.250", "about 3.25 or so", "-3.25");
  EACH("first_value", part, 0, "3", "3.2", "3,25", "", "three");
}

void LongBenchScorersTest::numberPrefix() {
  const Texts gold = {"4", "6", "3", "9"};
  EACH("number_prefix", gold, 1, "[4, 6, 3, 9]", "4 6 3 9", "4,6,3,9,1", "04 6 -3 9", "４ 6 3 ９");
  EACH("number_prefix", gold, 0.75, "4 6 3", "4 6 3 8 9");
  EACH("number_prefix", gold, 0.25, "4", "4 7 3 9", "4 5");
  EACH("number_prefix", gold, 0, "", "6 3 9", "none", "46 3 9", "The 3 values: 4 6", "I refuse",
       "５");
}

void LongBenchScorersTest::codeOption() {
  const Texts gold = {"func_2", "B"};
  EACH("code_option", gold, 1, "B. func_2", "B: it fails", "B.", "answer is: B",
       "The answer is: func_2", "answer: B", "The correct option is: B", "this is: func_2()",
       "Option: is: B", "  B. ");
  EACH("code_option", gold, 0, "", "B", "(B)", "func_2", "b.", "A. func_1", "answer is: C",
       "The answer is B", "answer is:", "is: A, answer: B", "I cannot tell", "答案：B");
  // A megabyte of spaces or of one word is taken out in one pass.
  std::string options;
  for (int i = 0; i < 300000; ++i) options += "Option";
  EACH("code_option", gold, 1, options + " answer is: B",
       "x" + std::string(2'000'000, ' ') + "answer is: B");
}

void LongBenchScorersTest::bookChoice() {
  const Texts gold = {"Tom", "B"};
  EACH("book_choice", gold, 1, "B", "B. Tom", "Because", "Tom", "The answer is: B",
       "the answer is Tom", "I think the option is B", "maybe B", "<think>x</think> B", "it is B.");
  EACH("book_choice", gold, 0, "", "A", "Answer: B", "C, not B", "tom", "b", "the answer is: C",
       "It was Tom who did", "maybe AB", "not known", "after all C then B", "汤姆");
  QVERIFY(near(scored("book_choice", "After all", {"Mara", "A"}), 1));
}

void LongBenchScorersTest::citedAnswers() {
  const Texts mill = {"since 1931"};
  EACH("cited_answer", mill, 1, "since 1931", "since 1931 [2].", "Since 1931 [1][2][3]",
       " since 1931\nmore", "since [4] 1931", "the since 1931!");
  EACH("cited_answer", mill, 0, "", "[2]", "\n\n[1931]", "never", "不知道", "I refuse [1].");
  QVERIFY(near(scored("cited_answer", "1931 [2]", mill), 2.0 / 3));
  QVERIFY(near(scored("cited_answer", "1931 [2]", {"x", "1931"}), 1));
  const json summary = {{"kind", "summary"}};
  const Texts park = {"the park is old"};
  auto rouge = [&](const std::string& answer) {
    return scored("cited_answer", answer, park, summary);
  };
  const double whole = rouge("the park is old");
  QVERIFY(whole > 1 - 1e-7);
  QVERIFY(near(rouge("Summary: the park is old [1]"), whole));
  QVERIFY(near(rouge("Here is a summary:\nthe park is old\nmore"), whole));
  // The word is looked for in a hundred characters, not bytes.
  const std::string accents = [] {
    std::string text;
    for (int i = 0; i < 60; ++i) text += "é";
    return text;
  }();
  QVERIFY(near(rouge(accents + " summary:\nthe park is old"), whole));
  for (const char* none : {"", "A summary of the park", "Summary:", "summary: [1]"})
    QVERIFY2(near(rouge(none), 0), none);
  const json needle = {{"kind", "needle"}}, gold = {{"gold_passages", {2}}};
  auto found = find_metric("cited_answer");
  auto cite = [&](const std::string& answer) {
    return (*found)->score({answer, Texts{"the flood of 1931"}, needle, gold}).parts;
  };
  QVERIFY(near(cite("the flood [2]")["citation_f1"], 1));
  QVERIFY(near(cite("the flood [2][1]")["citation_precision"], 0.5));
  QVERIFY(near(cite("the flood [1]")["citation_f1"], 0));
  QVERIFY(near(cite("the flood\n[2]")["citation_recall"], 0));
  // Three count, repeated ones too.
  QVERIFY(near(cite("the flood [1][3][4][2]")["citation_recall"], 0));
  QVERIFY(near(cite("the flood [1][3][4][2]")["citation_precision"], 0));
  QVERIFY(near(cite("the flood [1][3][4][2]")["citations"], 3));
  QVERIFY(near(cite("the flood [2][2]")["citation_precision"], 0.5));
  QVERIFY(near(cite("the flood [2][2]")["citation_recall"], 1));
  QVERIFY(near(cite("the flood [2][1][3][4]")["citation_precision"], 1.0 / 3));
  auto cited = [&](const std::string& answer, const json& parameters, const json& record) {
    return (*found)->score({answer, Texts{"15"}, parameters, record}).parts;
  };
  QVERIFY(!cited("the flood [2]", needle, json::object()).contains("citation_f1"));
  // Of a sentence three count, and none where one of its passages does not exist.
  const json nine = {{"passages", 9}};
  QVERIFY(near(cited("It is [1][2][3][4]. And [5].", json::object(), nine)["citations"], 4));
  QVERIFY(near(cited("It is [1][10]. And [5].", json::object(), nine)["citations"], 1));
  QVERIFY(near(scored("cited_answer", "the flood", {"the flood of 1931"}, needle), 0.5));
  const json stars = {{"kind", "stars"}};
  auto count = [&](const std::string& answer) {
    return scored("cited_answer", answer, {"15", "42"}, stars, {{"gold_passages", {2, 4}}});
  };
  QVERIFY(near(count("{'x'} {\"little_penguin\": [15, 42]}"), 0));  // the first braces count
  QVERIFY(near(count("{\"little_penguin\": [15, 42], \"passage_id\": [2, 4]}"), 1));
  QVERIFY(near(count("so: {\"little_penguin\": [15, 15, 42]} end"), 1));
  QVERIFY(near(count("{\"little_penguin\": [7, 42]}"), 0.5));
  QVERIFY(near(count("{\"little_penguin\": [15.0, 42.0]}"), 1));
  QVERIFY(near(count("{\"little_penguin\": [15.5, \"42\"]}"), 0));
  for (const char* none :
       {"", "15, 42", "{\"little_penguin\": 15}", "{\"stars\": [15]}", "{15", "}{"})
    QVERIFY2(near(count(none), 0), none);
  const json passages = {{"gold_passages", {3, 5}}};
  const json named =
      cited("{\"little_penguin\": [15], \"passage_id\": [3, 5, 7, 7]}", stars, passages);
  QVERIFY(near(named["citations"], 3));
  QVERIFY(near(named["citation_precision"], 2.0 / 3));
  QVERIFY(near(named["citation_recall"], 1));
  // Passages are scored without counts too, and a broken object cites nothing.
  QVERIFY(near(cited("{\"passage_id\": [3]}", stars, passages)["citation_recall"], 0.5));
  QVERIFY(near(cited("[3]", stars, passages)["citation_f1"], 0));
  QVERIFY(near(cited("[3]", stars, passages)["citations"], 0));
}

QTEST_APPLESS_MAIN(LongBenchScorersTest)
#include "longbench_scorers_test.moc"
