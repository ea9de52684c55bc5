// The starter suite: same records for a seed, answers where the evidence says, and small enough
// for a first run of a few minutes.
#include <QtTest>
#include <map>
#include <set>

#include "tests/core/benchmarks/record_checks.h"

namespace {

const loom::BenchmarkDescription& starter() {
  return *loom::testing::shipped_catalog().benchmark("starter");
}

loom::TaskRecords records(const std::string& task, uint64_t seed = 42, size_t samples = 0) {
  loom::TaskRequest request;
  request.task = task;
  request.seed = seed;
  request.samples = samples;
  return *(*loom::make_benchmark("starter"))->records(request, {});
}

}  // namespace

class StarterTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void recordsAreSound();
  void seedDecides();
  void limitTakesTheFirst();
  void budgetIsKept();
  void coversCapabilitiesAndLanguages();
  void registryEqualsCode();
  void unknownTaskIsNamed();
};

void StarterTest::recordsAreSound() {
  for (const auto& task : starter().tasks) {
    const auto made = records(task.id);
    const std::string problem = loom::testing::problem_of(made, task.metric != "choice");
    QVERIFY2(problem.empty(), (task.id + ": " + problem).c_str());
    QCOMPARE(made.records.size(), task.official_samples);
    for (const auto& record : made.records)
      QCOMPARE(record.metadata.at("language").get<std::string>(), task.language);
  }
}

void StarterTest::seedDecides() {
  for (const auto& task : starter().tasks) {
    QCOMPARE(records(task.id, 7).data_hash, records(task.id, 7).data_hash);
    QVERIFY(records(task.id, 7).data_hash != records(task.id, 8).data_hash);
  }
}

void StarterTest::limitTakesTheFirst() {
  const auto all = records("code_words"), few = records("code_words", 42, 3);
  QCOMPARE(few.records.size(), size_t{3});
  for (size_t i = 0; i < 3; ++i) QCOMPARE(few.records[i].prompt, all.records[i].prompt);
}

void StarterTest::budgetIsKept() {
  const auto model = loom::testing::model_for_records();
  if (!model) QSKIP("skipped: the default model is not here");
  size_t prompt_tokens = 0, new_tokens = 0, samples = 0;
  for (const auto& task : starter().tasks) {
    // A document counts once, however many questions share it.
    std::set<std::string> documents;
    for (const auto& record : records(task.id).records) {
      loom::Record document = record;
      document.prompt.resize(record.context_end);
      document.answer_prefix.clear();
      const size_t shared = model->tokens(document);
      if (documents.insert(document.prompt).second) prompt_tokens += shared;
      prompt_tokens += model->tokens(record) - shared;
      new_tokens += static_cast<size_t>(task.max_new_tokens);
      ++samples;
    }
  }
  qInfo("%zu samples, %zu distinct prompt tokens, %zu new tokens", samples, prompt_tokens,
        new_tokens);
  QVERIFY(prompt_tokens <= 45000);
  QVERIFY(new_tokens <= 1200);
  QVERIFY(samples >= 60 && samples <= 100);
}

void StarterTest::coversCapabilitiesAndLanguages() {
  std::set<std::string> capabilities, languages;
  for (const auto& task : starter().tasks) {
    capabilities.insert(task.capability);
    languages.insert(task.language);
  }
  QCOMPARE(capabilities,
           std::set<std::string>(loom::kCapabilities.begin(), loom::kCapabilities.end()));
  QCOMPARE(languages, (std::set<std::string>{"en", "zh", "ru"}));
}

// Whatever the catalogue offers is made here, and nothing else is.
void StarterTest::registryEqualsCode() {
  std::set<std::string> made, described;
  for (const auto& entry : loom::all_benchmarks()) made.insert(entry.id);
  for (const auto& benchmark : loom::testing::shipped_catalog().benchmarks)
    described.insert(benchmark.id);
  QCOMPARE(made, described);
}

void StarterTest::unknownTaskIsNamed() {
  loom::TaskRequest request;
  request.task = "../ruler/words";
  const auto made = (*loom::make_benchmark("starter"))->records(request, {});
  QVERIFY(!made.has_value());
  QCOMPARE(made.error().kind, loom::ErrorKind::not_found);
  QVERIFY(!loom::make_benchmark("no such benchmark").has_value());
}

QTEST_APPLESS_MAIN(StarterTest)
#include "starter_test.moc"
