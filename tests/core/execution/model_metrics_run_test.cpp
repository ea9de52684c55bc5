// Runs whose metric needs a model: perplexity of the references by the tested model, BERTScore by
// an encoder. A tiny random Llama answers token ids alone, so runs of perplexity use the default
// model; the encoder is the tiny one of the goldens.
#include <QTest>
#include <cmath>

#include "core/base/file_paths.h"
#include "core/base/text_file.h"
#include "core/benchmarks/custom.h"
#include "core/catalog/custom_folder.h"
#include "core/evaluation/mean_rules.h"
#include "core/execution/evaluation_run.h"
#include "core/execution/measure_references.h"
#include "core/execution/run_estimate.h"
#include "core/execution/scoring.h"
#include "core/export/run_export.h"
#include "core/models/in_process_server.h"
#include "tests/core/execution/fake_server.h"
#include "tests/support/test_folders.h"

using namespace loom;
using testing::FakeBehaviour;
namespace fs = std::filesystem;

namespace {

fs::path encoder_folder() {
  return testing::source_folder() / "tests" / "golden" / "encoders" / "bert_score";
}

struct Bench {
  testing::TemporaryFolder folder;
  Catalog catalog;
  std::unique_ptr<RunStore> store = *RunStore::open(folder.path() / "history.sqlite");
  std::unique_ptr<RunQueries> queries = *RunQueries::open(folder.path() / "history.sqlite");
  FakeBehaviour behaviour;
  RunEnvironment environment;
  bool answers_for_real = true;

  fs::path own() const { return folder.path() / "benchmarks"; }

  Bench() {
    catalog = *load_catalog(*paths::registry(), own());
    environment.catalog = &catalog;
    environment.store = store.get();
    environment.data_folder = folder.path() / "official";
    environment.make_server = [this](const PlanMethod&,
                                     const std::string&) -> Result<std::unique_ptr<ModelServer>> {
      if (answers_for_real)
        return std::unique_ptr<ModelServer>(std::make_unique<InProcessServer>());
      return std::unique_ptr<ModelServer>(std::make_unique<testing::FakeServer>(behaviour));
    };
    add("capitals", "reference_perplexity", nlohmann::json::object());
    add("words", "token_f1", nlohmann::json::object());
    add("meanings", "bertscore", {{"encoder", encoder_folder().string()}, {"idf", true}});
    catalog = *load_catalog(*paths::registry(), own());
  }
  void add(const char* id, const char* metric, const nlohmann::json& parameters) {
    CustomBenchmark custom;
    custom.id = custom.title = id;
    custom.data = folder.path() / (std::string(id) + ".csv");
    custom.columns.question = "q";
    custom.columns.answers = {"a", "b"};
    custom.prompt = default_prompt(custom.columns);
    custom.answer_prefix = "Answer:";
    custom.metric = metric;
    custom.metric_parameters = parameters;
    custom.max_new_tokens = 4;
    const std::string rows =
        "q,a,b\nWhat is the capital of France?,Paris,a city on the Seine\n"
        "What is the capital of Italy?,Rome,\nWhat is the sea?,water,salt water\n";
    if (!write_file(custom.data, rows)) qFatal("cannot write");
    auto ready = prepare_custom(custom);
    if (!ready) qFatal("%s", describe(ready.error()).c_str());
    if (auto stored = store_custom_benchmark(*ready, catalog, own()); !stored)
      qFatal("%s", describe(stored.error()).c_str());
  }
  int64_t run(const std::vector<std::string>& benchmarks) {
    EvaluationPlan plan = starter_plan(testing::default_model()->string());
    plan.benchmarks.clear();
    for (const std::string& id : benchmarks) plan.benchmarks.push_back({id, {}, {}, 0, {}});
    auto made = start_run(plan, environment);
    if (!made) qFatal("%s", describe(made.error()).c_str());
    auto state = continue_run(*made, environment, {}, {});
    if (!state) qFatal("%s", describe(state.error()).c_str());
    return *made;
  }
  std::vector<Sample> samples(int64_t run) const {
    std::vector<Sample> all;
    const auto rows = *queries->samples(run, {}, 0, 100);
    for (const SampleRow& row : rows) all.push_back(*queries->sample(row.id));
    return all;
  }
};

}  // namespace

class ModelMetricsRunTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    if (!testing::default_model()) QSKIP("skipped: the default model has not been fetched");
  }

  void perplexity_stands_apart_from_scores() {
    Bench bench;
    const int64_t run = bench.run({"capitals", "words"});
    const RunSummary summary = *bench.queries->summary(run);
    QCOMPARE(summary.jobs.size(), size_t{2});
    const JobSummary& measured = summary.jobs[0];
    QVERIFY(measured.lower_is_better && !summary.jobs[1].lower_is_better);
    QCOMPARE(measured.scored, size_t{3});
    QVERIFY(*measured.score > 1 && *measured.low <= *measured.score &&
            *measured.score <= *measured.high);
    const RunColumn& column = summary.columns.at(0);
    QCOMPARE(column.measures.size(), size_t{1});
    QCOMPARE(column.measures[0].key, std::string("capitals/questions"));
    QCOMPARE(column.benchmarks.size(), size_t{1});
    for (MeanRule rule : kMeanRules)
      QVERIFY(std::abs(*mean_by(rule, summary.jobs, column) - *summary.jobs[1].score) <= 0.01);
    double sum = 0, tokens = 0;
    for (const Sample& sample : bench.samples(run)) {
      if (sample.job != 0) continue;
      QVERIFY(sample.score && sample.score->value);
      QCOMPARE(*sample.score->value * 100, sample.score->parts["perplexity"].get<double>());
      sum += sample.score->parts["log_probability"].get<double>();
      tokens += sample.score->parts["tokens"].get<double>();
    }
    QVERIFY(std::abs(std::exp(-sum / tokens) - *measured.score) < 1e-9 * *measured.score);
    QVERIFY(score_table_markdown(summary, "").find("lower is better") != std::string::npos);
    const auto results = *results_json(*bench.queries, run);
    QCOMPARE(results["jobs"][0]["lower_is_better"].get<bool>(), true);
  }

  // In any other run the same question to the stored answers gives the same numbers, to the bit.
  void stored_runs_can_be_measured() {
    Bench bench;
    const int64_t first = bench.run({"capitals"}), second = bench.run({"words"});
    MeasureRequest request;
    request.run = second;
    auto measured = measure_references(request, *bench.queries, bench.environment, {});
    QVERIFY2(measured, measured ? "" : describe(measured.error()).c_str());
    const auto own = bench.samples(first);
    QCOMPARE(measured->size(), own.size());
    for (const MeasuredSample& one : *measured) {  // in the order in which they were answered
      const auto same = std::find_if(own.begin(), own.end(), [&](const Sample& sample) {
        return sample.index == one.sample.index;
      });
      QVERIFY(one.score && same != own.end());
      QCOMPARE(one.score->parts.dump(), same->score->parts.dump());
    }
    request.limit = 1;
    QCOMPARE(measure_references(request, *bench.queries, bench.environment, {})->size(), size_t{1});
    // Scoring again keeps what the model said.
    QVERIFY(score_again(first, *bench.queries, bench.environment));
    QCOMPARE(bench.samples(first)[0].score->parts.dump(), own[0].score->parts.dump());
  }

  void a_server_without_probabilities_is_refused_by_name() {
    Bench bench;
    bench.answers_for_real = false;
    const int64_t run = bench.run({"capitals"});
    QCOMPARE(bench.behaviour.answered, size_t{0});
    for (const Sample& sample : bench.samples(run)) {
      QCOMPARE(sample.state, SampleState::failed);
      QVERIFY(sample.error->message.find("no log probabilities") != std::string::npos);
    }
    bench.answers_for_real = true;
    const int64_t answered = bench.run({"words"});
    bench.answers_for_real = false;
    auto refused = measure_references({answered, "cpu", 0, nlohmann::json::object()},
                                      *bench.queries, bench.environment, {});
    QVERIFY(!refused);  // another model: its hash is not that of the run
    QCOMPARE(refused.error().kind, ErrorKind::conflict);
  }

  void bert_score_is_a_metric_of_a_run() {
    Bench bench;
    const int64_t run = bench.run({"meanings"});
    const RunSummary summary = *bench.queries->summary(run);
    QCOMPARE(summary.jobs[0].scored, size_t{3});
    QVERIFY(!summary.jobs[0].lower_is_better && *summary.jobs[0].score <= 100);
    for (const Sample& sample : bench.samples(run)) {
      QCOMPARE(sample.score->metric, std::string("bertscore"));
      QVERIFY(sample.score->parts.contains("precision") && sample.score->parts.contains("recall"));
    }
  }

  // The forecast counts what a run then does.
  void an_estimate_counts_the_passes() {
    Bench bench;
    auto estimate = [&](const char* id) {
      EvaluationPlan plan = starter_plan(testing::default_model()->string());
      plan.benchmarks.clear();
      plan.benchmarks.push_back({id, {}, {}, 0, {}});
      auto made = estimate_run(plan, bench.environment, false, {});
      if (!made) qFatal("%s", describe(made.error()).c_str());
      return *made;
    };
    const RunEstimate words = estimate("words"), capitals = estimate("capitals"),
                      meanings = estimate("meanings");
    QVERIFY(!words.scoring.any());
    QCOMPARE(words.encoder_bytes, uint64_t{0});
    size_t references = 0, tokens = 0;
    for (const Sample& sample : bench.samples(bench.run({"capitals"}))) {
      references += sample.references.size();
      tokens += sample.score->parts["tokens"].get<size_t>();
    }
    QCOMPARE(capitals.scoring.references, references);
    QVERIFY(capitals.scoring.reference_tokens > tokens);  // of the likeliest alone
    QCOMPARE(capitals.scoring.texts, size_t{0});
    QCOMPARE(capitals.remembered, size_t{0});
    QCOMPARE(meanings.scoring.texts, references + 3);  // and the answers
    QCOMPARE(meanings.scoring.references, size_t{0});
    QVERIFY(meanings.encoder_bytes > 0);
    QCOMPARE(meanings.memory_bytes, words.memory_bytes + meanings.encoder_bytes);
    QVERIFY(!meanings.seconds);  // nothing was measured
    // Answers of an earlier run are taken again, and are read by the encoder all the same.
    (void)bench.run({"meanings"});
    QCOMPARE(estimate("meanings").scoring.texts, references + 3);
  }

  void an_encoder_that_is_not_there_is_named() {
    Bench bench;
    bench.add("lost", "bertscore", {{"encoder", "/nowhere/at-all"}});
    bench.catalog = *load_catalog(*paths::registry(), bench.own());
    EvaluationPlan plan = starter_plan(testing::default_model()->string());
    plan.benchmarks.clear();
    plan.benchmarks.push_back({"lost", {}, {}, 0, {}});
    const auto estimate = estimate_run(plan, bench.environment, false, {});
    QVERIFY(estimate && estimate->warnings.size() == 1);
    QVERIFY(estimate->warnings[0].find("/nowhere/at-all") != std::string::npos);
    for (const Sample& sample : bench.samples(bench.run({"lost"}))) {
      QCOMPARE(sample.state, SampleState::failed);
      QVERIFY(describe(*sample.error).find("/nowhere/at-all") != std::string::npos);
    }
  }
};

QTEST_APPLESS_MAIN(ModelMetricsRunTest)
#include "model_metrics_run_test.moc"
