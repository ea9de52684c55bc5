// BABILong made here: exact lengths, facts in their order between whole sentences, the user's own
// files, and the drop of stories that are too long.
#include <QtTest>
#include <set>

#include "core/base/text_file.h"
#include "core/text/sentences.h"
#include "tests/core/benchmarks/record_checks.h"
#include "tests/support/test_folders.h"

using namespace loom;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr size_t kAnswer = 20;

Result<TaskRecords> made(const TaskRequest& request) {
  return (*make_benchmark("babilong"))->records(request, {});
}

std::string task_name(int number) {
  return "qa" + std::to_string(number);
}

// A bAbI file of one story with so many facts and a question at its end.
std::string story(int facts, const std::string& answer) {
  std::string text;
  for (int i = 1; i < facts; ++i)
    text += std::to_string(i) + " Nora moved to room " + std::to_string(i) + ".\n";
  text += std::to_string(facts) + " Nora moved to the " + answer + ".\n";
  return text + std::to_string(facts + 1) + " Where is Nora? \t" + answer + "\t" +
         std::to_string(facts) + "\n";
}

// Every fact stands in the text, in order, behind the end of a sentence.
std::string misplaced(const Record& record, const std::vector<std::string>& facts) {
  size_t at = 0;
  for (size_t i = 0; i < facts.size(); ++i) {
    const size_t found = record.prompt.find(facts[i], at);
    if (found == std::string::npos || found + facts[i].size() > record.context_end) return facts[i];
    // The last sentence of the text may be cut off; behind it stand facts alone.
    std::string rest;
    for (size_t j = i; j < facts.size(); ++j) rest += (j > i ? " " : "") + facts[j];
    const bool behind = record.prompt.substr(found, record.context_end - found) == rest;
    const char before = record.prompt[found - 1];
    if (!behind && before != '\n' && !(before == ' ' && record.prompt[found - 2] == '.'))
      return facts[i] + " inside a sentence";
    at = found + facts[i].size();
  }
  return "";
}

}  // namespace

class BabilongTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase();
  void lengthsAreExact_data();
  void lengthsAreExact();
  void seedDecides();
  void factsOfTheUsersFiles();
  void factsOfBareRecords();
  void sentencesOfTheUsersBooks();
  void bareStories();
  void publishedFilesComeFirst();
  void longStoriesAreDropped();
  void impossibleRequestsAreErrors();

 private:
  TaskRequest request(const std::string& task, size_t length, size_t samples,
                      const testing::TemporaryFolder& folder) const {
    TaskRequest made = fixture_.request(task, length, samples);
    made.data_folder = folder.path();
    return made;
  }
  std::optional<testing::ModelForRecords> model_;
  const testing::ModelForRecords fixture_ = testing::fixture_for_records("qwen2.json");
};

void BabilongTest::initTestCase() {
  model_ = testing::model_for_records();
}

void BabilongTest::lengthsAreExact_data() {
  testing::add_length_rows({1024, 4096, 5000, 16384}, 4);
}

void BabilongTest::lengthsAreExact() {
  QFETCH(bool, fixture);
  QFETCH(int, length);
  if (!fixture && !model_) QSKIP("skipped: the default model is not here");
  const testing::ModelForRecords& model = fixture ? fixture_ : *model_;
  for (int number = 1; number <= 20; ++number) {
    const auto request = model.request(task_name(number), static_cast<size_t>(length), 3);
    const auto records = made(request);
    QVERIFY2(records, records ? "" : describe(records.error()).c_str());
    QCOMPARE(testing::length_problem(*records, model, request, kAnswer, 16), std::string());
    QCOMPARE(testing::problem_of(*records, false), std::string());
    for (const Record& record : records->records) {
      for (size_t i = 0; i < record.evidence.size(); ++i)
        QVERIFY(testing::evidence_text(record, i).ends_with('.'));
      if (number == 1)
        QVERIFY(testing::evidence_text(record, 0).ends_with(" " + record.references[0] + "."));
      QVERIFY(record.prompt.find(record.metadata.at("question").get<std::string>(),
                                 record.context_end) != std::string::npos);
    }
  }
}

void BabilongTest::seedDecides() {
  for (int number = 1; number <= 20; ++number)
    QCOMPARE(testing::seed_problem("babilong", fixture_.request(task_name(number), 8192, 2)),
             std::string());
}

void BabilongTest::factsOfTheUsersFiles() {
  for (const char* place : {"tasks_1-20_v1-2/en-10k/", "en-10k/", ""}) {
    testing::TemporaryFolder folder;
    QVERIFY(
        write_file(folder.path() / (std::string(place) + "qa1_single-supporting-fact_train.txt"),
                   story(5, "garden") + story(3, "office")));
    const auto records = made(request("qa1", 5000, 2, folder));
    QVERIFY2(records, records ? "" : describe(records.error()).c_str());
    QCOMPARE(records->data_label, std::string("official bAbI facts, house sentences"));
    std::set<std::string> answers;
    for (const Record& record : records->records) {
      answers.insert(record.references[0]);
      const size_t count = record.metadata.at("facts").get<size_t>();
      std::vector<std::string> facts;
      for (size_t i = 1; i < count; ++i)
        facts.push_back("Nora moved to room " + std::to_string(i) + ".");
      facts.push_back("Nora moved to the " + record.references[0] + ".");
      QCOMPARE(misplaced(record, facts), std::string());
      QCOMPARE(record.evidence.size(), size_t{1});
      QCOMPARE(testing::evidence_text(record, 0), facts.back());
    }
    QCOMPARE(answers, (std::set<std::string>{"garden", "office"}));
  }
}

void BabilongTest::factsOfBareRecords() {
  testing::TemporaryFolder folder;
  const json record = {{"input", "Nora went to the garden. Otto went to the office."},
                       {"question", "Where is Otto? "},
                       {"target", "office"}};
  QVERIFY(write_file(folder.path() / "data/qa1/0k.json", json::array({record}).dump()));
  const auto records = made(request("qa1", 5000, 1, folder));
  QVERIFY2(records, records ? "" : describe(records.error()).c_str());
  QCOMPARE(records->data_label, std::string("official 0k facts, house sentences"));
  QCOMPARE(misplaced(records->records[0], {"Nora went to the garden.", "Otto went to the office."}),
           std::string());
  QCOMPARE(records->records[0].evidence.size(), size_t{2});
}

void BabilongTest::sentencesOfTheUsersBooks() {
  testing::TemporaryFolder folder;
  for (int book = 0; book < 3; ++book) {
    std::string text;
    for (int i = 0; i < 800; ++i)
      text += "In book " + std::to_string(book) + " the captain wrote\nline number " +
              std::to_string(i) + " with a d\xC3\xA9j\xC3\xA0 vu. " + (i % 9 ? "" : "So. ");
    QVERIFY(write_file(folder.path() / "pg19" / (std::to_string(book) + ".txt"), text));
  }
  const auto records = made(request("qa2", 9000, 6, folder));
  QVERIFY2(records, records ? "" : describe(records.error()).c_str());
  QCOMPARE(records->data_label, std::string("house facts, the user's books"));
  std::set<char> books;
  for (const Record& record : records->records) {
    QVERIFY(fixture_.tokens(record) + kAnswer <= 9000);
    QVERIFY(fixture_.tokens(record) + kAnswer + 16 >= 9000);
    QVERIFY(record.prompt.find("So.") == std::string::npos);  // fewer than ten tokens
    QVERIFY(record.prompt.find("\xEF\xBF\xBD") == std::string::npos);
    const size_t begin = record.prompt.find("In book ");
    books.insert(record.prompt[begin + 8]);
    // A book's sentences come whole and in a row.
    const size_t line = record.prompt.find("line number ", begin);
    const int first = std::stoi(record.prompt.substr(line + 12));
    QVERIFY(record.prompt.find("line number " + std::to_string(first + 1) + " ") !=
            std::string::npos);
  }
  QVERIFY(books.size() > 1);
  testing::TemporaryFolder empty;
  fs::create_directories(empty.path() / "pg19");
  QVERIFY(!made(request("qa2", 9000, 1, empty)));
  QVERIFY(write_file(empty.path() / "pg19/a.txt", "Short."));
  const auto none = made(request("qa2", 9000, 1, empty));
  QVERIFY(!none && !none.error().remedy.empty());
}

// 0k is the story alone: every fact and nothing else before the question.
void BabilongTest::bareStories() {
  testing::TemporaryFolder folder;
  QVERIFY(write_file(folder.path() / "qa1_single-supporting-fact_train.txt", story(5, "garden")));
  const auto official = made(request("qa1", 0, 2, folder));
  QVERIFY2(official, official ? "" : describe(official.error()).c_str());
  QCOMPARE(official->data_label, std::string("official bAbI facts"));
  QCOMPARE(official->records.size(), size_t{2});
  const Record& record = official->records[0];
  const std::string facts =
      "Nora moved to room 1. Nora moved to room 2. Nora moved to room 3. Nora moved to room 4. "
      "Nora "
      "moved to the garden.";
  QVERIFY(record.prompt.substr(0, record.context_end).ends_with(facts));
  QCOMPARE(record.prompt.substr(record.evidence[0].begin,
                                record.evidence[0].end - record.evidence[0].begin),
           std::string("Nora moved to the garden."));
  const auto house = made(fixture_.request("qa3", 0, 20));
  QVERIFY2(house, house ? "" : describe(house.error()).c_str());
  QCOMPARE(house->data_label, std::string("house data"));
  QCOMPARE(house->records.size(), size_t{20});
  QCOMPARE(testing::problem_of(*house, false), std::string());
}

void BabilongTest::publishedFilesComeFirst() {
  testing::TemporaryFolder folder;
  const json record = {{"input", "Long rain fell."}, {"question", "Where? "}, {"target", "garden"}};
  QVERIFY(write_file(folder.path() / "data/qa1/4k.json", json::array({record}).dump()));
  auto asked = request("qa1", 4096, 3, folder);
  QCOMPARE(made(asked)->data_label, std::string("4k.json"));
  asked.length_tokens = 5000;
  QCOMPARE(made(asked)->data_label, std::string("house data"));
  asked.length_tokens = 4096;
  asked.parameters = {{"generate", true}};
  QCOMPARE(made(asked)->data_label, std::string("house data"));
}

void BabilongTest::longStoriesAreDropped() {
  testing::TemporaryFolder folder;
  QVERIFY(write_file(folder.path() / "qa1_single-supporting-fact_train.txt",
                     story(300, "garden") + story(4, "office")));
  const auto short_ones = made(request("qa1", 2048, 4, folder));
  QVERIFY2(short_ones, short_ones ? "" : describe(short_ones.error()).c_str());
  for (const Record& record : short_ones->records)
    QCOMPARE(record.references[0], std::string("office"));
  QVERIFY(write_file(folder.path() / "qa1_single-supporting-fact_train.txt", story(300, "garden")));
  const auto none = made(request("qa1", 2048, 4, folder));
  QVERIFY(!none);
  QCOMPARE(none.error().kind, ErrorKind::invalid_input);
}

void BabilongTest::impossibleRequestsAreErrors() {
  QCOMPARE(testing::impossible_problem("babilong", fixture_, "qa1", {20, 200}, false),
           std::string());
  QVERIFY(!made(fixture_.request("qa21", 5000, 1)));
  testing::TemporaryFolder folder;
  QVERIFY(write_file(folder.path() / "qa1_single-supporting-fact_train.txt", "no number\n"));
  const auto broken = made(request("qa1", 5000, 1, folder));
  QVERIFY(!broken);
  QVERIFY(broken.error().where.find("qa1_single") != std::string::npos);
}

QTEST_APPLESS_MAIN(BabilongTest)
#include "babilong_test.moc"
