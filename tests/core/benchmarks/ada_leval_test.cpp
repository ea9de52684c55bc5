// Ada-LEval's lists made here: exact lengths, one right answer that can be told from all others,
// one order of the parts, the user's own files, and files that are no use.
#include "core/benchmarks/ada_leval.h"

#include <QtTest>
#include <map>
#include <regex>
#include <set>

#include "core/base/text_file.h"
#include "core/benchmarks/house_faults.h"
#include "core/benchmarks/house_journey.h"
#include "core/benchmarks/story_source.h"
#include "core/metrics/metric.h"
#include "tests/core/benchmarks/record_checks.h"
#include "tests/support/test_folders.h"

using namespace loom;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

const char* const kTasks[] = {"stackselect", "textsort"};

Result<TaskRecords> made(const TaskRequest& request) {
  return (*make_benchmark("ada_leval"))->records(request, {});
}

std::string shown(const Record& record, size_t evidence) {
  const ByteSpan& span = record.evidence.at(evidence);
  return record.prompt.substr(span.begin, span.end - span.begin);
}

// "A1" … of a prompt, without their names.
std::vector<std::string> candidates(const Record& record) {
  std::vector<std::string> found;
  for (size_t number = 1;; ++number) {
    const std::string name = "A" + std::to_string(number) + ":\n\n";
    const size_t at = record.prompt.find("\n\n" + name);
    if (at == std::string::npos) return found;
    const size_t begin = at + 2 + name.size();
    found.push_back(record.prompt.substr(begin, record.prompt.find("\n\n", begin) - begin));
  }
}

// The four parts in the order in which the reference puts them.
std::vector<std::string> ordered_parts(const Record& record) {
  std::vector<std::string> parts;
  for (const std::string& number : record.references) {
    const std::string head = "\n\nPart " + number + ":\n\n";
    const size_t begin = record.prompt.find(head) + head.size();
    const std::string next = number == "4" ? std::string("\n\nAfter:")
                                           : "\n\nPart " + std::to_string(std::stoi(number) + 1);
    parts.push_back(record.prompt.substr(begin, record.prompt.find(next, begin) - begin));
  }
  return parts;
}

std::string between(const std::string& text, const std::string& from, const std::string& to) {
  const size_t begin = text.find(from) + from.size();
  return text.substr(begin, text.find(to, begin) - begin);
}

double score_of(const Record& record, const char* metric, const std::string& answer) {
  const MetricInput input{answer, record.references, json::object(), record.metadata};
  return (*find_metric(metric))->score(input).value.value_or(-1);
}

std::string list_of(const std::vector<std::string>& numbers) {
  std::string text;
  for (const std::string& number : numbers) text += (text.empty() ? "" : ", ") + number;
  return "Answer: [" + text + "]";
}

// A published prompt of text order, in its authors' layout and our words.
json published_order(const std::vector<std::string>& parts, const std::vector<int>& order) {
  std::string prompt = "Sort the parts.\n    Before: shape only\n\n\n";
  for (int i = 1; i <= 4; ++i) prompt += "    Part " + std::to_string(i) + ": shape only\n\n\n";
  prompt += "    After: shape only\n\n\nBefore: " + parts[0] + "\n\n\n";
  for (size_t place = 1; place <= 4; ++place) {
    const auto part = std::find(order.begin(), order.end(), static_cast<int>(place));
    prompt += "Part " + std::to_string(place) + ": " +
              parts[static_cast<size_t>(part - order.begin()) + 1] + "\n\n\n";
  }
  return {
      {"book_id", "b"}, {"prompt", prompt + "After: " + parts[5] + "\n\n\n"}, {"answer", order}};
}

std::string numbered_paragraphs(int from, int to) {
  std::string text;
  for (int i = from; i < to; ++i)
    text += (i > from ? "\n\n" : "") + std::string("Paragraph ") + std::to_string(i) +
            " tells of the sea and\nof the boats that were built in that year.";
  return text;
}

}  // namespace

class AdaLEvalTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase();
  void lengthsAreExact_data();
  void lengthsAreExact();
  void oneAnswerIsRight();
  void oneOrderIsRight();
  void townsComeOnce();
  void seedDecides();
  void publishedListsAreRefilled();
  void publishedBooksAreCutAnew();
  void theUsersBooks();
  void publishedFilesComeFirst();
  void officialFiles();
  void impossibleRequestsAreErrors();

 private:
  TaskRequest request(const std::string& task, size_t length, size_t samples,
                      const fs::path& folder) const {
    TaskRequest made = fixture_.request(task, length, samples);
    made.data_folder = folder;
    return made;
  }
  std::optional<testing::ModelForRecords> model_;
  const testing::ModelForRecords fixture_ = testing::fixture_for_records("qwen2.json");
};

void AdaLEvalTest::initTestCase() {
  model_ = testing::model_for_records();
}

void AdaLEvalTest::lengthsAreExact_data() {
  QTest::addColumn<bool>("fixture");
  QTest::addColumn<int>("length");
  for (const int length : {1024, 2048, 5000, 16384}) {
    QTest::addRow("model %d", length) << false << length;
    QTest::addRow("fixture %d", length) << true << 3 * length;
  }
}

void AdaLEvalTest::lengthsAreExact() {
  QFETCH(bool, fixture);
  QFETCH(int, length);
  if (!fixture && !model_) QSKIP("skipped: the default model is not here");
  const testing::ModelForRecords& model = fixture ? fixture_ : *model_;
  for (const std::string task : kTasks) {
    const auto request = model.request(task, static_cast<size_t>(length), 4);
    const auto records = made(request);
    QVERIFY2(records, records ? "" : describe(records.error()).c_str());
    QCOMPARE(records->data_label, std::string("house data"));
    QCOMPARE(records->records.size(), size_t{4});
    QVERIFY(records->notes.empty());
    // A word, or an answer that no longer fits.
    const size_t unit = (fixture ? 3 : 1) * (task == "textsort" ? 16 : 64);
    for (const Record& record : records->records) {
      const size_t whole = model.tokens(record) + kAdaLEvalAnswerTokens;
      const std::string where = record.id + ": " + std::to_string(whole);
      QVERIFY2(whole <= request.length_tokens, where.c_str());
      QVERIFY2(whole + unit >= request.length_tokens, where.c_str());
      QCOMPARE(record.max_new_tokens.value_or(0), static_cast<int>(kAdaLEvalAnswerTokens));
      QVERIFY(record.context_end > record.prompt.size() / 2);
      QVERIFY(record.context_end < record.prompt.size());
      QVERIFY(record.prompt.find('{') == std::string::npos);
    }
  }
}

void AdaLEvalTest::oneAnswerIsRight() {
  const auto records = made(fixture_.request("stackselect", 12000, 40));
  QVERIFY2(records, records ? "" : describe(records.error()).c_str());
  const json data = *read_json(testing::source_folder() / "resources/data/ada_leval/faults.json");
  std::set<std::string> questions, places;
  for (const Record& record : records->records) {
    const std::string question = between(record.prompt, "Question:\n", "\n\nAnswers:");
    QVERIFY(questions.insert(question).second);
    places.insert(record.references[0]);
    const auto all = candidates(record);
    QCOMPARE(all.size(), record.metadata["candidates"].get<size_t>());
    QCOMPARE(std::set<std::string>(all.begin(), all.end()).size(), all.size());
    const std::string right = shown(record, 0);
    QVERIFY2(right.starts_with(record.references[0] + ":\n\n"), right.c_str());
    // Read as a person would: the device and the code, a way that was not tried, the tool at hand.
    std::vector<size_t> fitting;
    for (size_t i = 0; i < all.size(); ++i) {
      bool fits = false;
      for (const json& fix : data["fixes"]) {
        const auto field = [&](const char* name) { return fix[name].get<std::string>(); };
        const std::string way = field("do"), tried = field("tried"), tool = field("tool");
        if (all[i].find(way) == std::string::npos) continue;
        fits =
            question.find(tried) == std::string::npos && question.find(tool) != std::string::npos;
      }
      const std::regex named("([A-Z][a-z]+ [A-Z][0-9]{3}) ");
      const std::regex coded("\\b([FHPU][0-9]{2})\\b");
      std::smatch device, code;
      QVERIFY(std::regex_search(all[i], device, named) && std::regex_search(all[i], code, coded));
      fits = fits && question.find(device[1].str() + " ") != std::string::npos &&
             question.find(code[1].str()) != std::string::npos;
      if (fits) fitting.push_back(i + 1);
    }
    QCOMPARE(fitting.size(), size_t{1});
    QCOMPARE("A" + std::to_string(fitting[0]), record.references[0]);
    QCOMPARE(score_of(record, "best_answer", "Answer: " + record.references[0]), 1.0);
    QCOMPARE(score_of(record, "best_answer", "None of them."), 0.0);
  }
  QVERIFY(places.size() > 15);
}

void AdaLEvalTest::oneOrderIsRight() {
  const auto records = made(fixture_.request("textsort", 12000, 30));
  QVERIFY2(records, records ? "" : describe(records.error()).c_str());
  std::set<std::vector<std::string>> orders;
  for (const Record& record : records->records) {
    orders.insert(record.references);
    QCOMPARE(std::set<std::string>(record.references.begin(), record.references.end()),
             (std::set<std::string>{"1", "2", "3", "4"}));
    const auto parts = ordered_parts(record);
    for (size_t i = 0; i < 4; ++i) {
      QCOMPARE(shown(record, i), parts[i]);
      // Each part begins in the town where the one before it ended.
      const std::string before =
          i == 0 ? between(record.prompt, "Before:\n\n", "\n\nPart 1:") : parts[i - 1];
      const std::string last = before.substr(before.rfind("\n\n") + 1);
      const std::string first = parts[i].substr(0, parts[i].find("\n\n"));
      const std::regex town("[A-Z][a-z]+");
      bool met = false;
      for (std::sregex_iterator word(first.begin(), first.end(), town), end; word != end; ++word)
        met = met || (word->str().size() >= 5 && last.find(word->str()) != std::string::npos);
      QVERIFY2(met, (last + " | " + first).c_str());
      QVERIFY(parts[i].size() * 12 > record.context_end);
    }
    QCOMPARE(score_of(record, "text_order", list_of(record.references)), 1.0);
    auto wrong = record.references;
    std::swap(wrong[0], wrong[3]);
    QCOMPARE(score_of(record, "text_order", list_of(wrong)), 0.0);
  }
  QVERIFY(orders.size() > 8);
}

void AdaLEvalTest::townsComeOnce() {
  const auto journey = HouseJourney::load();
  QVERIFY2(journey, journey ? "" : describe(journey.error()).c_str());
  auto teller = journey->tell(Random(7));
  std::map<std::string, int> arrivals;
  const std::regex leg("to ((?:(?:Upper|Lower|Old|New|Great|Little) )?[A-Z][a-z]+), and ");
  for (int i = 0; i < 60000; ++i) {
    const std::string text = teller.next();
    QVERIFY(text.find('{') == std::string::npos);
    std::smatch found;
    if (std::regex_search(text, found, leg)) ++arrivals[found[1]];
  }
  QVERIFY(arrivals.size() > 5000);
  for (const auto& [town, times] : arrivals) QVERIFY2(times == 1, town.c_str());
}

void AdaLEvalTest::seedDecides() {
  for (const char* task : kTasks) {
    auto request = fixture_.request(task, 6000, 2);
    const auto two = made(request);
    QVERIFY(two);
    QCOMPARE(made(request)->data_hash, two->data_hash);
    request.samples = 4;
    const auto four = made(request);
    QCOMPARE(four->records[1].prompt, two->records[1].prompt);
    QVERIFY(four->records[2].prompt != four->records[3].prompt);
    request.seed = 43;
    QVERIFY(made(request)->data_hash != four->data_hash);
  }
}

void AdaLEvalTest::publishedListsAreRefilled() {
  testing::TemporaryFolder folder;
  json list = json::array();
  for (int i = 0; i < 40; ++i) {
    json answers = json::array();
    for (int j = 0; j < 3; ++j)
      answers.push_back("\nReply " + std::to_string(j) + " about subject " + std::to_string(i) +
                        " with a few words on it, so that it has some length.\n");
    list.push_back({{"question_id", std::to_string(i)},
                    {"question", "What of subject " + std::to_string(i) + "?"},
                    {"all_answers", answers},
                    {"answer", "A" + std::to_string(1 + i % 3)},
                    {"tags", {"c"}}});
  }
  QVERIFY(write_file(folder.path() / "stackselect_1k.json", list.dump()));
  const auto records = made(request("stackselect", 2500, 60, folder.path()));
  QVERIFY2(records, records ? "" : describe(records.error()).c_str());
  QCOMPARE(records->data_label, std::string("lists made here from stackselect_1k.json"));
  QVERIFY(records->notes.empty());
  std::set<std::string> questions, prompts;
  for (const Record& record : records->records) {
    const size_t whole = fixture_.tokens(record) + kAdaLEvalAnswerTokens;
    QVERIFY(whole <= 2500 && whole + 100 >= 2500);
    const int subject = std::stoi(between(record.prompt, "What of subject ", "?"));
    questions.insert(std::to_string(subject));
    prompts.insert(record.prompt);
    // The answer that was right in the file, and its question's others among those of others.
    const std::string own = " about subject " + std::to_string(subject) + " ";
    QVERIFY(shown(record, 0).find("Reply " + std::to_string(subject % 3) + own) !=
            std::string::npos);
    for (int j = 0; j < 3; ++j)
      QVERIFY(record.prompt.find("Reply " + std::to_string(j) + own) != std::string::npos);
    QVERIFY(record.metadata["candidates"].get<size_t>() > 6);
  }
  QCOMPARE(questions.size(), size_t{40});
  QCOMPARE(prompts.size(), size_t{60});  // a question that comes again has other neighbours
  // Where they end, answers made here fill the rest, and the result says so.
  const auto filled = made(request("stackselect", 30000, 2, folder.path()));
  QVERIFY2(filled, filled ? "" : describe(filled.error()).c_str());
  QCOMPARE(filled->data_label,
           std::string("lists made here from stackselect_1k.json, house answers"));
  QCOMPARE(filled->notes.size(), size_t{1});
  for (const Record& record : filled->records)
    QVERIFY(fixture_.tokens(record) + kAdaLEvalAnswerTokens + 200 >= 30000);
  list[4]["answer"] = "A9";
  QVERIFY(write_file(folder.path() / "stackselect_1k.json", list.dump()));
  const auto broken = made(request("stackselect", 2500, 40, folder.path()));
  QVERIFY(!broken);
  QCOMPARE(broken.error().kind, ErrorKind::corrupt);
  QVERIFY(broken.error().where.find("stackselect_1k.json") != std::string::npos);
  QVERIFY(write_file(folder.path() / "stackselect_1k.json", "[]"));
  QVERIFY(!made(request("stackselect", 2500, 1, folder.path())));
}

void AdaLEvalTest::publishedBooksAreCutAnew() {
  std::vector<std::string> parts;
  for (int i = 0; i < 6; ++i) parts.push_back(numbered_paragraphs(40 * i, 40 * (i + 1)));
  const json record = published_order(parts, {3, 1, 4, 2});
  const std::string text = text_of_prompt(record["prompt"].get<std::string>(), {3, 1, 4, 2});
  const auto paragraphs = split_paragraphs(text);
  QCOMPARE(paragraphs.size(), size_t{240});
  for (size_t i = 0; i < paragraphs.size(); ++i) {
    const std::string begin = "Paragraph " + std::to_string(i) + " tells of the sea and of ";
    QVERIFY2(paragraphs[i].starts_with(begin), paragraphs[i].c_str());
  }
  QVERIFY(text_of_prompt(record["prompt"].get<std::string>(), {3, 1, 4, 9}).empty());
  QVERIFY(text_of_prompt("Before: a\nPart 1: b\nAfter: c", {1, 2, 3, 4}).empty());
  testing::TemporaryFolder folder;
  QVERIFY(write_file(folder.path() / "textsort_16k.json", json::array({record}).dump()));
  const auto records = made(request("textsort", 3000, 6, folder.path()));
  QVERIFY2(records, records ? "" : describe(records.error()).c_str());
  QCOMPARE(records->data_label, std::string("lists made here from textsort_16k.json"));
  std::set<std::string> begins;
  for (const Record& one : records->records) {
    int last = std::stoi(between(one.prompt, "Before:\n\nParagraph ", " "));
    begins.insert(std::to_string(last--));
    for (const std::string& part : ordered_parts(one))
      for (const std::string& paragraph : split_paragraphs(part)) {
        const int number = std::stoi(paragraph.substr(10));
        QVERIFY(number > last);
        last = number;
      }
    QVERIFY(fixture_.tokens(one) + kAdaLEvalAnswerTokens <= 3000);
    QVERIFY(fixture_.tokens(one) + kAdaLEvalAnswerTokens + 48 >= 3000);
  }
  QVERIFY(begins.size() > 1);
  json bad = record;
  bad["prompt"] = "Order: [1] b [2] a";
  QVERIFY(write_file(folder.path() / "textsort_16k.json", json::array({bad}).dump()));
  const auto broken = made(request("textsort", 3000, 1, folder.path()));
  QVERIFY(!broken);
  QCOMPARE(broken.error().kind, ErrorKind::corrupt);
}

void AdaLEvalTest::theUsersBooks() {
  testing::TemporaryFolder folder;
  // Paragraphs of one line each, and one book of a single endless paragraph.
  QVERIFY(write_file(folder.path() / "books/a.txt", numbered_paragraphs(0, 900)));
  std::string endless;
  for (int i = 0; i < 900; ++i) endless += "Sentence " + std::to_string(i) + " is here. ";
  QVERIFY(write_file(folder.path() / "books/b.txt", endless));
  QVERIFY(write_file(folder.path() / "books/c.txt", "Too short."));
  const auto records = made(request("textsort", 4000, 8, folder.path()));
  QVERIFY2(records, records ? "" : describe(records.error()).c_str());
  QCOMPARE(records->data_label, std::string("the user's books"));
  size_t by_sentence = 0;
  for (const Record& record : records->records) {
    int last = -1;
    const std::regex number("(?:Paragraph|Sentence) ([0-9]+)");
    for (const std::string& part : ordered_parts(record))
      for (std::sregex_iterator at(part.begin(), part.end(), number), end; at != end; ++at) {
        const int next = std::stoi((*at)[1]);
        if (last >= 0) QCOMPARE(next, last + 1);
        last = next;
      }
    by_sentence += record.prompt.find("Sentence ") != std::string::npos ? 1 : 0;
  }
  QVERIFY(by_sentence > 0 && by_sentence < 8);
  const auto too_long = made(request("textsort", 200000, 1, folder.path()));
  QVERIFY(!too_long);
  QVERIFY(!too_long.error().remedy.empty());
  testing::TemporaryFolder empty;
  fs::create_directories(empty.path() / "books");
  QVERIFY(!made(request("textsort", 4000, 1, empty.path())));
}

void AdaLEvalTest::publishedFilesComeFirst() {
  const fs::path folder = testing::data("benchmarks/ada_leval");
  auto asked = request("stackselect", 1024, 0, folder);
  QCOMPARE(made(asked)->data_label, std::string("stackselect_1k.json"));
  asked.parameters = {{"generate", true}};
  asked.samples = 3;
  QCOMPARE(made(asked)->data_label,
           std::string("lists made here from stackselect_1k.json, house answers"));
  auto sorted = request("textsort", 2048, 0, folder);
  QCOMPARE(made(sorted)->data_label, std::string("textsort_2k.json"));
  sorted.length_tokens = 2500;  // the file's books are shorter
  sorted.samples = 3;
  QCOMPARE(made(sorted)->data_label, std::string("house data"));
}

void AdaLEvalTest::officialFiles() {
  const auto shared = testing::shared_data();
  if (!shared) QSKIP("skipped: the official files are not here");
  const auto records = made(request("stackselect", 3 * 6000, 12, *shared / "ada-leval"));
  QVERIFY2(records, records ? "" : describe(records.error()).c_str());
  QCOMPARE(records->data_label, std::string("lists made here from stackselect_1k.json"));
  for (const Record& record : records->records) {
    const size_t whole = fixture_.tokens(record) + kAdaLEvalAnswerTokens;
    QVERIFY2(whole <= 3 * 6000, record.id.c_str());
    QVERIFY2(whole + 1500 >= 3 * 6000, std::to_string(whole).c_str());
    QVERIFY(record.metadata["candidates"].get<size_t>() > 8);
  }
}

void AdaLEvalTest::impossibleRequestsAreErrors() {
  for (const char* task : kTasks) {
    for (const size_t length : {size_t{64}, size_t{256}}) {
      const auto records = made(fixture_.request(task, length, 1));
      QVERIFY(!records);
      QCOMPARE(records.error().kind, ErrorKind::invalid_input);
      QVERIFY(!records.error().remedy.empty());
    }
    const auto missing = made(fixture_.request(task, 0, 1));
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, ErrorKind::not_found);
    TaskRequest bare;
    bare.task = task;
    bare.length_tokens = 5000;
    QVERIFY(!made(bare));
  }
}

QTEST_APPLESS_MAIN(AdaLEvalTest)
#include "ada_leval_test.moc"
