// Ada-LEval's samples made here, of both tasks: exact lengths, seeds, published files first, and
// requests that cannot be met.
#include "core/benchmarks/ada_leval.h"

#include <QtTest>

#include "tests/core/benchmarks/file_records.h"
#include "tests/core/benchmarks/record_checks.h"
#include "tests/support/test_folders.h"

using namespace loom;

namespace {

const char* const kTasks[] = {"stackselect", "textsort"};

}  // namespace

class AdaLEvalTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void lengthsAreExact_data();
  void lengthsAreExact();
  void seedDecides();
  void publishedFilesComeFirst();
  void impossibleRequestsAreErrors();

 private:
  const std::optional<testing::ModelForRecords> model_ = testing::model_for_records();
  const testing::ModelForRecords fixture_ = testing::fixture_for_records("qwen2.json");
};

void AdaLEvalTest::lengthsAreExact_data() {
  testing::add_length_rows({1024, 2048, 5000, 16384}, 3);
}

void AdaLEvalTest::lengthsAreExact() {
  QFETCH(bool, fixture);
  QFETCH(int, length);
  if (!fixture && !model_) QSKIP("skipped: the default model is not here");
  const testing::ModelForRecords& model = fixture ? fixture_ : *model_;
  for (const std::string task : kTasks) {
    const auto request = model.request(task, static_cast<size_t>(length), 4);
    const auto records = testing::records("ada_leval", request);
    QVERIFY2(records, records ? "" : describe(records.error()).c_str());
    QVERIFY(records->notes.empty());
    // A word, or an answer that no longer fits.
    const size_t unit = (fixture ? 3 : 1) * (task == "textsort" ? 16 : 64);
    QCOMPARE(testing::length_problem(*records, model, request, kAdaLEvalAnswerTokens, unit),
             std::string());
    for (const Record& record : records->records) {
      QCOMPARE(record.max_new_tokens.value_or(0), static_cast<int>(kAdaLEvalAnswerTokens));
      QVERIFY(record.context_end > record.prompt.size() / 2);
      QVERIFY(record.context_end < record.prompt.size());
      QVERIFY(record.prompt.find('{') == std::string::npos);
    }
  }
}

void AdaLEvalTest::seedDecides() {
  for (const char* task : kTasks)
    QCOMPARE(testing::seed_problem("ada_leval", fixture_.request(task, 6000, 2)), std::string());
}

void AdaLEvalTest::publishedFilesComeFirst() {
  const std::filesystem::path folder = testing::data("benchmarks/ada_leval");
  auto asked = fixture_.request("stackselect", 1024, 0);
  asked.data_folder = folder;
  QCOMPARE(testing::records("ada_leval", asked)->data_label, std::string("stackselect_1k.json"));
  asked.parameters = {{"generate", true}};
  asked.samples = 3;
  QCOMPARE(testing::records("ada_leval", asked)->data_label,
           std::string("lists made here from stackselect_1k.json, house answers"));
  auto sorted = fixture_.request("textsort", 2048, 0);
  sorted.data_folder = folder;
  QCOMPARE(testing::records("ada_leval", sorted)->data_label, std::string("textsort_2k.json"));
  sorted.length_tokens = 2500;  // the file's books are shorter
  sorted.samples = 3;
  QCOMPARE(testing::records("ada_leval", sorted)->data_label, std::string("house data"));
}

void AdaLEvalTest::impossibleRequestsAreErrors() {
  for (const char* task : kTasks)
    QCOMPARE(testing::impossible_problem("ada_leval", fixture_, task, {64, 256}), std::string());
}

QTEST_APPLESS_MAIN(AdaLEvalTest)
#include "ada_leval_test.moc"
