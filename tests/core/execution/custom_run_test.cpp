// A run over the user's own benchmarks: to the end, in pieces, and after the benchmark is gone.
#include <QTest>

#include "core/base/file_paths.h"
#include "core/base/text_file.h"
#include "core/benchmarks/custom.h"
#include "core/catalog/custom_folder.h"
#include "core/execution/evaluation_run.h"
#include "core/execution/scoring.h"
#include "core/export/run_export.h"
#include "tests/core/execution/fake_server.h"
#include "tests/support/test_folders.h"

using namespace loom;
using testing::FakeBehaviour;
namespace fs = std::filesystem;

namespace {

constexpr int kQuestions = 12;

struct Bench {
  testing::TemporaryFolder folder;
  Catalog catalog;
  std::unique_ptr<RunStore> store = *RunStore::open(folder.path() / "history.sqlite");
  std::unique_ptr<RunQueries> queries = *RunQueries::open(folder.path() / "history.sqlite");
  FakeBehaviour behaviour;
  RunEnvironment environment;

  fs::path own() const { return folder.path() / "benchmarks"; }
  void load() { catalog = *load_catalog(*paths::registry(), own()); }

  Bench() {
    load();
    environment.catalog = &catalog;
    environment.store = store.get();
    environment.data_folder = folder.path() / "official";
    environment.make_server = [this](const PlanMethod&,
                                     const std::string&) -> Result<std::unique_ptr<ModelServer>> {
      return std::unique_ptr<ModelServer>(std::make_unique<testing::FakeServer>(behaviour));
    };
    add_questions();
    add_documents();
    load();
  }
  void add(const CustomBenchmark& benchmark) {
    auto ready = prepare_custom(benchmark);
    if (!ready) qFatal("%s", describe(ready.error()).c_str());
    if (auto stored = store_custom_benchmark(*ready, catalog, own()); !stored)
      qFatal("%s", describe(stored.error()).c_str());
  }
  void add_questions() {
    CustomBenchmark custom;
    custom.id = "letters";
    custom.title = "Letters";
    custom.data = folder.path() / "letters.csv";
    custom.columns.question = "q";
    custom.columns.answers = {"a"};
    custom.columns.choices = {"A", "B", "C", "D"};
    custom.prompt = default_prompt(custom.columns);
    custom.metric = "choice";
    std::string rows = "q,a,A,B,C,D\n";
    for (int i = 0; i < kQuestions; ++i)
      rows += "Question " + std::to_string(i) + ",A,one,two,three,four\n";
    if (!write_file(custom.data, rows)) qFatal("cannot write");
    add(custom);
  }
  void add_documents() {
    CustomBenchmark custom;
    custom.kind = CustomBenchmark::documents;
    custom.capability = "retrieval";
    custom.id = "notes";
    custom.title = "Notes";
    custom.data = folder.path() / "notes";
    custom.lengths = {1024};
    custom.depths = {0, 100};
    std::string text;
    for (int i = 0; i < 100; ++i) text += "Line " + std::to_string(i) + " tells of the weather. ";
    if (!write_file(custom.data / "a.txt", text)) qFatal("cannot write");
    add(custom);
  }
  int64_t start() {
    EvaluationPlan plan = starter_plan(testing::default_model()->string());
    plan.benchmarks = {{"letters", {}, {}, 0, {}}, {"notes", {}, {}, 0, {}}};
    plan.reuse_answers = false;
    auto run = start_run(plan, environment);
    if (!run) qFatal("%s", describe(run.error()).c_str());
    return *run;
  }
};

std::string scores_of(const RunQueries& queries, int64_t run) {
  std::string scores;
  for (const SampleRow& row : *queries.samples(run, {}, 0, 1000)) {
    const Sample sample = *queries.sample(row.id);
    scores += std::to_string(row.job) + "/" + std::to_string(row.index) + " " + sample.identity +
              " " + std::to_string(sample.score ? sample.score->value.value_or(-1) : -2) + "\n";
  }
  return scores;
}

}  // namespace

class CustomRunTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    if (!testing::default_model()) QSKIP("skipped: the default model has not been fetched");
  }

  void runs_to_the_end_and_is_exported() {
    Bench bench;
    const int64_t run = bench.start();
    QCOMPARE(*continue_run(run, bench.environment, {}, {}), RunState::finished);
    const RunSummary summary = *bench.queries->summary(run);
    QCOMPARE(summary.jobs.size(), size_t{4});
    QCOMPARE(summary.jobs[0].planned, size_t{kQuestions});
    for (const JobSummary& job : summary.jobs) QCOMPARE(job.scored + job.unparsed, job.planned);
    const auto rows = *bench.queries->samples(run, {}, 0, 1000);
    QCOMPARE(rows.size(), size_t{kQuestions + 3 * 2});
    int right = 0;
    for (const SampleRow& row : rows) {
      const Sample sample = *bench.queries->sample(row.id);
      if (row.job == 0) {
        QVERIFY(sample.references == std::vector<std::string>{"A"});
        right += sample.score->value == 1.0;
        QCOMPARE(sample.score->value == 1.0, sample.result.text.starts_with("A"));
      }
    }
    QVERIFY(right > 0 && right < kQuestions);  // the answers of the stand-in are spread over A to D
    const auto exported = results_json(*bench.queries, run);
    QVERIFY(exported);
    QVERIFY(exported->dump().find("\"letters\"") != std::string::npos);
  }

  void goes_on_where_it_stopped() {
    Bench whole;
    const int64_t run = whole.start();
    QVERIFY(continue_run(run, whole.environment, {}, {}));
    const std::string expected = scores_of(*whole.queries, run);
    Bench pieces;
    const int64_t id = pieces.start();
    int sessions = 0;
    for (RunState state = RunState::created; state != RunState::finished; ++sessions) {
      std::stop_source stop;
      pieces.behaviour.stop = &stop;
      pieces.behaviour.stop_after = pieces.behaviour.answered + 5;
      state = *continue_run(id, pieces.environment, {}, stop.get_token());
      QVERIFY(sessions < 20);
      pieces.load();  // as another start of the program would
    }
    QVERIFY(sessions > 2);
    QCOMPARE(scores_of(*pieces.queries, id), expected);
  }

  void results_outlive_the_benchmark() {
    Bench bench;
    const int64_t run = bench.start();
    QVERIFY(continue_run(run, bench.environment, {}, {}));
    const std::string before = scores_of(*bench.queries, run);
    std::stop_source stop;
    bench.behaviour.stop = &stop;
    bench.behaviour.stop_after = bench.behaviour.answered + 5;
    const int64_t half = bench.start();
    QCOMPARE(*continue_run(half, bench.environment, {}, stop.get_token()), RunState::paused);
    bench.behaviour.stop = nullptr;
    for (const char* id : {"letters", "notes"})
      QVERIFY(remove_custom_benchmark(id, bench.catalog, bench.own()));
    bench.load();
    QVERIFY(!bench.catalog.benchmark("letters"));
    QCOMPARE(scores_of(*bench.queries, run), before);
    QCOMPARE(bench.queries->summary(run)->jobs.size(), size_t{4});
    QVERIFY(results_json(*bench.queries, run));
    const auto refused = continue_run(half, bench.environment, {}, {});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::not_found);
    QVERIFY(refused.error().message.find("letters") != std::string::npos);
    QVERIFY(!score_again(run, *bench.queries, bench.environment));
    QVERIFY(!start_run(*bench.store->plan(run), bench.environment));
  }

  void data_that_is_gone_fails_the_samples_with_the_reason() {
    Bench bench;
    const int64_t run = bench.start();
    fs::remove(bench.folder.path() / "letters.csv");
    QCOMPARE(*continue_run(run, bench.environment, {}, {}), RunState::finished_with_failures);
    const auto failed = *bench.queries->samples(run, {.only_failed = true}, 0, 100);
    QCOMPARE(failed.size(), size_t{kQuestions});
    const Sample sample = *bench.queries->sample(failed.front().id);
    QVERIFY(sample.error->where.ends_with("letters.csv"));
  }
};

QTEST_GUILESS_MAIN(CustomRunTest)
#include "custom_run_test.moc"
