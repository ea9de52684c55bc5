#include "core/evaluation/run_summary.h"

#include <QTest>
#include <cmath>

#include "core/base/text_file.h"
#include "core/evaluation/column_label.h"
#include "core/evaluation/libra_total.h"
#include "core/evaluation/mean_rules.h"
#include "core/evaluation/model_name.h"
#include "core/evaluation/paired_columns.h"
#include "core/evaluation/ruler_averages.h"
#include "tests/support/test_folders.h"

using namespace loom;

namespace {

ScoredSample sample(double value) {
  ScoredSample scored;
  scored.value = value;
  scored.tokens_prefilled = 10;
  scored.timings.decode_s = 0.5;
  return scored;
}

Job job(int index, const std::string& benchmark, const std::string& task,
        const std::string& capability, size_t length = 0) {
  return {.index = index,
          .benchmark_id = benchmark,
          .task = task,
          .capability = capability,
          .metric = "contains_all",
          .length_tokens = length,
          .samples = 4,
          .official_samples = 500};
}

JobSummary scored(const Job& of, double value) {
  return summarise_job(of, {sample(value), sample(value)}, false, 500, 1);
}

EvaluationPlan one_model() {
  EvaluationPlan plan;
  plan.models = {{"m.gguf", "m", "auto"}};
  return plan;
}

}  // namespace

class RunSummaryTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void tasks_of_one_group_count_as_one() {
    std::vector<Job> jobs = {job(0, "b", "one", "general"), job(1, "b", "two", "general"),
                             job(2, "b", "alone", "general")};
    jobs[0].group = jobs[1].group = "pair";
    RunSummary summary = summarise_run(
        one_model(), {scored(jobs[0], 0.2), scored(jobs[1], 0.4), scored(jobs[2], 0.9)});
    QCOMPARE(*summary.columns[0].benchmarks[0].score, 60.0);
    QCOMPARE(*summary.columns[0].capabilities[0].score, 60.0);
    QCOMPARE(summary.columns[0].tasks.size(), size_t{3});
  }

  // CLongEval's sizes: 294, 398 and 299 stories of one task; "all" is the mean over the 991
  // records.
  void samples_of_a_group_are_pooled_where_its_benchmark_says_so() {
    const size_t sizes[] = {294, 398, 299};
    const size_t right[] = {200, 100, 30};
    std::vector<JobSummary> jobs;
    for (int i = 0; i < 3; ++i) {
      Job one = job(i, "clongeval", "story_" + std::to_string(i), "specialization");
      one.group = "story";
      one.pool = true;
      std::vector<ScoredSample> samples(sizes[i], sample(0));
      for (size_t at = 0; at < right[i]; ++at) samples[at].value = 1.0;
      jobs.push_back(summarise_job(one, samples, true, 0, 1));
    }
    Job lone = job(3, "clongeval", "alone", "specialization");
    jobs.push_back(scored(lone, 0.5));
    const RunColumn column = summarise_run(one_model(), jobs).columns.at(0);
    const double pooled = 33.299697275;  // 33000 / 991
    QCOMPARE(column.groups.size(), size_t{1});
    QCOMPARE(column.groups[0].key, std::string("clongeval/story"));
    QCOMPARE(*column.groups[0].score, pooled);
    QCOMPARE(column.groups[0].scored, size_t{991});
    QVERIFY(*column.groups[0].low > 29 && *column.groups[0].high < 37);
    QCOMPARE(column.tasks.size(), size_t{4});
    QVERIFY(std::abs(*column.benchmarks[0].score - (pooled + 50) / 2) < 1e-8);
    QVERIFY(std::abs(*column.capabilities[0].score - (pooled + 50) / 2) < 1e-8);
    for (JobSummary& one : jobs) one.job.pool = false;
    const RunColumn plain = summarise_run(one_model(), jobs).columns.at(0);
    const double tasks = (20000.0 / 294 + 10000.0 / 398 + 3000.0 / 299) / 3;
    QVERIFY(std::abs(*plain.groups[0].score - tasks) < 1e-8);
  }

  // As 100 additions of a third: no digit is lost on the way through the tasks' rounded means.
  void pooled_means_are_exact() {
    Job one = job(0, "b", "x", "general"), two = job(1, "b", "y", "general");
    one.group = two.group = "g";
    one.pool = two.pool = true;
    const std::vector<ScoredSample> thirds(3, sample(1.0 / 3)), ninths(6, sample(1.0 / 9));
    const RunSummary run = summarise_run(one_model(), {summarise_job(one, thirds, false, 0, 1),
                                                       summarise_job(two, ninths, false, 0, 1)});
    QCOMPARE(*run.columns[0].groups[0].score, 18.518518518);  // (3·33.333333333 + 6·11.111111111)/9
  }

  // x and y against y and z: y meets y, z meets the first.
  void models_of_two_runs_are_paired() {
    auto run_of = [](const char* first, const char* second) {
      EvaluationPlan plan;
      plan.models = {{"1.gguf", first, "auto"}, {"2.gguf", second, "auto"}};
      std::vector<Job> jobs = {job(0, "b", "t", "general"), job(1, "b", "t", "general")};
      jobs[1].model = 1;
      return summarise_run(plan, {scored(jobs[0], 0.2), scored(jobs[1], 0.4)});
    };
    const RunSummary a = run_of("x", "y"), b = run_of("y", "z");
    QCOMPARE(column_of(b, 1)->label, std::string("z"));
    QVERIFY(belong_together(a, 1, b, 0));
    QVERIFY(belong_together(a, 0, b, 1));
    QVERIFY(!belong_together(a, 0, b, 0));
    QVERIFY(!belong_together(a, 1, b, 1));
    QVERIFY(!belong_together(a, 7, b, 0) && !belong_together(a, 0, b, 7));
  }

  void failures_and_unparsed_are_no_zeros() {
    ScoredSample failed, unparsed, cut = sample(0.0);
    failed.state = SampleState::failed;
    cut.truncated = true;
    JobSummary summary =
        summarise_job(job(0, "b", "t", "general"),
                      {sample(1.0), sample(0.5), failed, unparsed, cut}, false, 500, 1);
    QCOMPARE(*summary.score, 50.0);
    QCOMPARE(*summary.score_untruncated, 75.0);
    QCOMPARE(summary.scored, size_t{3});
    QCOMPARE(summary.failed, size_t{1});
    QCOMPARE(summary.unparsed, size_t{1});
    QCOMPARE(summary.truncated, size_t{1});
    QCOMPARE(summary.timings.decode_s, 1.5);
    QVERIFY(summary.fewer_than_official);
    QCOMPARE(summary.interval, std::string("bootstrap"));
  }

  void yes_or_no_scores_have_wilsons_interval() {
    std::vector<ScoredSample> samples(10, sample(1.0));
    JobSummary summary = summarise_job(job(0, "b", "t", "general"), samples, true, 0, 1);
    QCOMPARE(summary.interval, std::string("wilson"));
    QCOMPARE(*summary.score, 100.0);
    QVERIFY(std::abs(*summary.low - 72.2467) < 0.001);  // 10/(10+z²)
    QCOMPARE(*summary.high, 100.0);
    QVERIFY(!summary.fewer_than_official);
  }

  void ten_perfect_answers_are_no_certainty() {
    std::vector<ScoredSample> samples(10, sample(1.0));
    JobSummary summary = summarise_job(job(0, "b", "t", "general"), samples, false, 0, 1);
    QCOMPARE(summary.interval, std::string("wilson"));
    QVERIFY(*summary.low < 73);
    samples[0] = sample(0.5);
    QCOMPARE(summarise_job(job(0, "b", "t", "general"), samples, false, 0, 1).interval,
             std::string("bootstrap"));
  }

  void nothing_scored_has_no_score() {
    JobSummary summary = summarise_job(job(0, "b", "t", "general"), {}, true, 0, 1);
    QVERIFY(!summary.score && !summary.low && !summary.high);
  }

  // Task: mean over lengths; benchmark: mean over tasks; capability: mean over benchmarks.
  void means_are_taken_level_by_level() {
    std::vector<JobSummary> jobs = {scored(job(0, "one", "x", "retrieval", 4096), 1.0),
                                    scored(job(1, "one", "x", "retrieval", 8192), 0.0),
                                    scored(job(2, "one", "y", "reasoning", 4096), 0.25),
                                    scored(job(3, "two", "z", "retrieval"), 0.9)};
    RunSummary summary = summarise_run(one_model(), jobs);
    QCOMPARE(summary.columns.size(), size_t{1});
    const RunColumn& column = summary.columns[0];
    QCOMPARE(column.tasks.size(), size_t{3});
    QCOMPARE(*column.tasks[0].score, 50.0);
    QCOMPARE(column.benchmarks.size(), size_t{2});
    QCOMPARE(*column.benchmarks[0].score, 37.5);
    QCOMPARE(column.capabilities.size(), size_t{2});
    QCOMPARE(column.capabilities[0].key, std::string("reasoning"));
    QCOMPARE(*column.capabilities[0].score, 25.0);
    QCOMPARE(*column.capabilities[1].score, 70.0);
    QCOMPARE(*column.mean_of_benchmarks, 63.75);
    QCOMPARE(*column.mean_of_capabilities, 47.5);
    QCOMPARE(column.lengths.size(), size_t{2});
    QCOMPARE(column.lengths[0].key, std::string("4096"));
    QCOMPARE(*column.lengths[0].score, 62.5);
  }

  void what_is_better_lower_joins_no_mean() {
    auto pooled = [](std::span<const nlohmann::json* const> parts) -> std::optional<double> {
      double sum = 0;
      for (const auto* part : parts) sum += part->at("p").get<double>();
      return sum / static_cast<double>(parts.size()) / 100;
    };
    auto measured = [&](const Job& of, double value) {
      ScoredSample one = sample(value / 100), other = one;
      one.parts = other.parts = {{"p", value}};
      return summarise_job(of, {one, other}, false, 0, 1, pooled, true);
    };
    const std::vector<JobSummary> jobs = {scored(job(0, "b", "right", "general", 4096), 0.5),
                                          measured(job(1, "b", "known", "general", 4096), 20),
                                          measured(job(2, "b", "known", "general", 8192), 640)};
    const RunSummary summary = summarise_run(one_model(), jobs);
    const RunColumn& column = summary.columns.at(0);
    QVERIFY(summary.jobs[1].lower_is_better);
    QCOMPARE(*summary.jobs[2].score, 640.0);
    QCOMPARE(column.measures.size(), size_t{1});
    QCOMPARE(column.measures[0].key, std::string("b/known"));
    QCOMPARE(*column.measures[0].score, 330.0);
    QVERIFY(*column.measures[0].high >= 330.0);
    QCOMPARE(column.tasks.size(), size_t{1});
    QCOMPARE(column.lengths.size(), size_t{1});
    QCOMPARE(*column.lengths[0].score, 50.0);
    QCOMPARE(*column.benchmarks.at(0).score, 50.0);
    QCOMPARE(*column.capabilities.at(0).score, 50.0);
    for (MeanRule rule : kMeanRules) QCOMPARE(*mean_by(rule, summary.jobs, column), 50.0);
    const RunSummary alone = summarise_run(one_model(), {measured(job(0, "b", "k", "general"), 9)});
    for (MeanRule rule : kMeanRules) QVERIFY(!mean_by(rule, alone.jobs, alone.columns.at(0)));
  }

  // 4k: (100 + 80) / 2 = 90; 8k: 60; 16k: 30; another benchmark's length counts for nothing.
  // Rising weights: (90 + 2·60 + 3·30) / 6 = 50; falling: (3·90 + 2·60 + 30) / 6 = 70.
  void ruler_weights_its_lengths() {
    const RunSummary summary =
        summarise_run(one_model(), {scored(job(0, "ruler", "vt", "general", 16384), 0.3),
                                    scored(job(1, "ruler", "vt", "general", 4096), 1.0),
                                    scored(job(2, "ruler", "cwe", "general", 4096), 0.8),
                                    scored(job(3, "ruler", "vt", "general", 8192), 0.6),
                                    scored(job(4, "niah", "single", "retrieval", 32768), 1.0)});
    const auto averages = ruler_averages(summary.jobs, summary.columns[0]);
    QVERIFY(averages);
    QCOMPARE(averages->lengths.size(), size_t{3});
    QCOMPARE(averages->increasing, 50.0);
    QCOMPARE(averages->decreasing, 70.0);
    QCOMPARE(averages->effective_length.value_or(0), size_t{4096});
  }

  void ruler_at_one_length_has_no_averages() {
    const RunSummary one =
        summarise_run(one_model(), {scored(job(0, "ruler", "vt", "general", 4096), 1.0),
                                    scored(job(1, "niah", "single", "retrieval", 8192), 1.0)});
    QVERIFY(!ruler_averages(one.jobs, one.columns[0]));
    const RunSummary weak =
        summarise_run(one_model(), {scored(job(0, "ruler", "vt", "general", 4096), 0.5),
                                    scored(job(1, "ruler", "vt", "general", 8192), 0.5)});
    QVERIFY(!ruler_averages(weak.jobs, weak.columns[0])->effective_length);
  }

  // passkey has six official lengths: (90 + 60) / 6 = 25; ru_quality has two: (80 + 0) / 2 = 40;
  // ru_tpo has one: 100. The total is their mean, 55; of the nine lengths five were not run. What
  // other benchmarks score, and a file read without a length, counts for nothing.
  void libra_counts_lengths_that_were_not_run() {
    const RunSummary summary =
        summarise_run(one_model(), {scored(job(0, "libra", "passkey", "s", 4096), 0.9),
                                    scored(job(1, "libra", "passkey", "s", 8192), 0.6),
                                    scored(job(2, "libra", "ru_quality", "s", 8192), 0.8),
                                    scored(job(3, "libra", "ru_tpo", "s", 8192), 1.0),
                                    scored(job(4, "libra", "ru_trec", "s"), 1.0),
                                    scored(job(5, "longbench", "passkey", "s", 16384), 1.0)});
    const auto libra = libra_total(summary.jobs, summary.columns[0]);
    QVERIFY(libra);
    QCOMPARE(libra->total, 55.0);
    QCOMPARE(libra->tasks, size_t{3});
    QCOMPARE(libra->lengths, size_t{9});
    QCOMPARE(libra->not_run, size_t{5});
    const RunSummary other =
        summarise_run(one_model(), {scored(job(0, "ruler", "vt", "general", 4096), 1.0)});
    QVERIFY(!libra_total(other.jobs, other.columns[0]));
  }

  // As the official configuration has them, 93 in all.
  void libra_lengths_are_the_registrys() {
    const nlohmann::json libra =
        *read_json(loom::testing::source_folder() / "models-registry/benchmarks/libra.json");
    size_t lengths = 0;
    QCOMPARE(libra.at("tasks").size(), kLibraTasks);
    for (const auto& task : libra.at("tasks")) {
      const auto& offered = task.contains("lengths") ? task.at("lengths") : libra.at("lengths");
      QCOMPARE(libra_lengths(task.at("id").get<std::string>()), offered.size());
      lengths += offered.size();
    }
    QCOMPARE(lengths, size_t{93});
  }

  void each_model_has_a_column() {
    EvaluationPlan plan = one_model();
    plan.models.push_back({"dir/other.gguf", "", "auto"});
    Job second = job(1, "one", "x", "general");
    second.model = 1;
    RunSummary summary =
        summarise_run(plan, {scored(job(0, "one", "x", "general"), 1.0), scored(second, 0.0)});
    QCOMPARE(summary.columns.size(), size_t{2});
    QCOMPARE(summary.columns[1].label, std::string("other"));
    QCOMPARE(*summary.columns[1].mean_of_benchmarks, 0.0);
  }

  // Exports name files by the columns: two of one name would overwrite each other.
  void columns_are_told_apart() {
    EvaluationPlan plan;
    plan.models = {{"a/m.gguf", "", "auto"},
                   {"a/m.gguf", "", "none"},
                   {"n.gguf", "", "auto"},
                   {"b/k.gguf", "", "auto"},
                   {"c/k.gguf", "", "auto"}};
    plan.augmentations = {{"none", {}}, {"cut", {{"budget", 512}}}, {"cut", {{"budget", 1024}}}};
    std::vector<std::string> labels;
    for (int model = 0; model < 5; ++model) {
      Job one = job(0, "b", "t", "general");
      one.model = model;
      labels.push_back(column_label(plan, one));
    }
    const std::vector<std::string> wanted = {"m (template auto)", "m (template none)", "n",
                                             "k (b/k.gguf)", "k (c/k.gguf)"};
    QCOMPARE(labels, wanted);
    Job one = job(0, "b", "t", "general");
    one.model = 2;
    one.augmentation = 1;
    QCOMPARE(column_label(plan, one), std::string("n · cut (budget 512)"));
    one.augmentation = 2;
    QCOMPARE(column_label(plan, one), std::string("n · cut (budget 1024)"));
  }

  void models_are_called_by_the_last_part_of_their_path() {
    QCOMPARE(model_name({"/m/SmolLM2-135M.Q4_1.gguf", "", "auto"}),
             std::string("SmolLM2-135M.Q4_1"));
    QCOMPARE(model_name({"SmolLM2-135M.Q4_1", "", "auto"}), std::string("SmolLM2-135M.Q4_1"));
    QCOMPARE(model_name({"/m/Llama-3.1-8B/", "", "auto"}), std::string("Llama-3.1-8B"));
    QCOMPARE(model_name({"hf:Qwen/Qwen2.5-7B", "", "auto"}), std::string("Qwen2.5-7B"));
    QCOMPARE(model_name({"/m/a.gguf", "mine", "auto"}), std::string("mine"));
  }
};

QTEST_APPLESS_MAIN(RunSummaryTest)
#include "run_summary_test.moc"
