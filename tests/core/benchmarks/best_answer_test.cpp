// Ada-LEval's lists of answers made here: one right answer that can be told from all others, the
// user's own files, and files that are no use.
#include <QtTest>
#include <regex>
#include <set>

#include "core/base/text_file.h"
#include "tests/core/benchmarks/ada_leval_records.h"
#include "tests/support/test_folders.h"

using namespace loom;
using nlohmann::json;

namespace {

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

}  // namespace

class BestAnswerTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void oneAnswerIsRight();
  void publishedListsAreRefilled();
  void officialFiles();

 private:
  const testing::AdaLEvalRecords ada_leval_{"stackselect"};
};

void BestAnswerTest::oneAnswerIsRight() {
  const auto records = ada_leval_.made(12000, 40);
  QVERIFY2(records, records ? "" : describe(records.error()).c_str());
  const json data = *read_json(testing::source_folder() / "resources/data/ada_leval/faults.json");
  std::set<std::string> questions, places;
  for (const Record& record : records->records) {
    const std::string question =
        testing::text_between(record.prompt, "Question:\n", "\n\nAnswers:");
    QVERIFY(questions.insert(question).second);
    places.insert(record.references[0]);
    const auto all = candidates(record);
    QCOMPARE(all.size(), record.metadata["candidates"].get<size_t>());
    QCOMPARE(std::set<std::string>(all.begin(), all.end()).size(), all.size());
    const std::string right = testing::evidence_text(record, 0);
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
    QCOMPARE(testing::score_of(record, "best_answer", "Answer: " + record.references[0]), 1.0);
    QCOMPARE(testing::score_of(record, "best_answer", "None of them."), 0.0);
  }
  QVERIFY(places.size() > 15);
}

void BestAnswerTest::publishedListsAreRefilled() {
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
  const auto records = ada_leval_.made(2500, 60, folder.path());
  QVERIFY2(records, records ? "" : describe(records.error()).c_str());
  QCOMPARE(records->data_label, std::string("lists made here from stackselect_1k.json"));
  QVERIFY(records->notes.empty());
  std::set<std::string> questions, prompts;
  for (const Record& record : records->records) {
    const size_t whole = ada_leval_.tokens(record);
    QVERIFY(whole <= 2500 && whole + 100 >= 2500);
    const int subject = std::stoi(testing::text_between(record.prompt, "What of subject ", "?"));
    questions.insert(std::to_string(subject));
    prompts.insert(record.prompt);
    // The answer that was right in the file, and its question's others among those of others.
    const std::string own = " about subject " + std::to_string(subject) + " ";
    QVERIFY(testing::evidence_text(record, 0).find("Reply " + std::to_string(subject % 3) + own) !=
            std::string::npos);
    for (int j = 0; j < 3; ++j)
      QVERIFY(record.prompt.find("Reply " + std::to_string(j) + own) != std::string::npos);
    QVERIFY(record.metadata["candidates"].get<size_t>() > 6);
  }
  QCOMPARE(questions.size(), size_t{40});
  QCOMPARE(prompts.size(), size_t{60});  // a question that comes again has other neighbours
  // Where they end, answers made here fill the rest, and the result says so.
  const auto filled = ada_leval_.made(30000, 2, folder.path());
  QVERIFY2(filled, filled ? "" : describe(filled.error()).c_str());
  QCOMPARE(filled->data_label,
           std::string("lists made here from stackselect_1k.json, house answers"));
  QCOMPARE(filled->notes.size(), size_t{1});
  for (const Record& record : filled->records) QVERIFY(ada_leval_.tokens(record) + 200 >= 30000);
  list[4]["answer"] = "A9";
  QVERIFY(write_file(folder.path() / "stackselect_1k.json", list.dump()));
  const auto broken = ada_leval_.made(2500, 40, folder.path());
  QVERIFY(!broken);
  QCOMPARE(broken.error().kind, ErrorKind::corrupt);
  QVERIFY(broken.error().where.find("stackselect_1k.json") != std::string::npos);
  QVERIFY(write_file(folder.path() / "stackselect_1k.json", "[]"));
  QVERIFY(!ada_leval_.made(2500, 1, folder.path()));
}

void BestAnswerTest::officialFiles() {
  const auto shared = testing::shared_data();
  if (!shared) QSKIP("skipped: the official files are not here");
  const auto records = ada_leval_.made(3 * 6000, 12, *shared / "ada-leval");
  QVERIFY2(records, records ? "" : describe(records.error()).c_str());
  QCOMPARE(records->data_label, std::string("lists made here from stackselect_1k.json"));
  for (const Record& record : records->records) {
    const size_t whole = ada_leval_.tokens(record);
    QVERIFY2(whole <= 3 * 6000, record.id.c_str());
    QVERIFY2(whole + 1500 >= 3 * 6000, std::to_string(whole).c_str());
    QVERIFY(record.metadata["candidates"].get<size_t>() > 8);
  }
}

QTEST_APPLESS_MAIN(BestAnswerTest)
#include "best_answer_test.moc"
