// The rules of a mean, and that they give the averages that were printed beside published scores.
#include "core/evaluation/mean_rules.h"

#include <QTest>
#include <cmath>

#include "core/base/text_file.h"
#include "tests/support/test_folders.h"

using namespace loom;
using nlohmann::json;

namespace {

JobSummary scored(const std::string& benchmark, const std::string& task,
                  const std::string& capability, double score, size_t samples) {
  JobSummary summary;
  summary.job.benchmark_id = benchmark;
  summary.job.task = task;
  summary.job.capability = capability;
  summary.score = score;
  summary.scored = samples;
  return summary;
}

RunSummary summary_of(std::vector<JobSummary> jobs) {
  EvaluationPlan plan;
  plan.models = {{"m.gguf", "m", "auto"}};
  return summarise_run(plan, std::move(jobs));
}

double mean(MeanRule rule, const RunSummary& run) {
  return *mean_by(rule, run.jobs, run.columns.at(0));
}

double two_decimals(double value) {
  return std::round(value * 100 + 1e-9) / 100;
}

}  // namespace

class MeanRulesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void each_rule_has_its_own_mean() {
    const RunSummary run =
        summary_of({scored("a", "x", "general", 10, 30), scored("a", "y", "general", 50, 10),
                    scored("b", "z", "general", 90, 10), scored("c", "w", "reasoning", 40, 10)});
    QCOMPARE(*weighted_score(run.jobs, run.columns[0], "a"), 20.0);
    QCOMPARE(mean(MeanRule::samples, run), 50.0);
    QVERIFY(std::abs(mean(MeanRule::benchmarks, run) - 160.0 / 3) < 1e-8);
    QCOMPARE(mean(MeanRule::capabilities, run), 50.0);
    QCOMPARE(mean(MeanRule::tasks, run), 47.5);
  }

  // A task's lengths are pooled, and its score has two decimals before it is weighted.
  void lengths_are_one_pool() {
    std::vector<JobSummary> jobs = {scored("a", "x", "general", 100, 1),
                                    scored("a", "x", "general", 0, 2)};
    jobs[0].job.length_tokens = 4096;
    jobs[1].job.length_tokens = 8192;
    const RunSummary run = summary_of(jobs);
    QCOMPARE(mean(MeanRule::samples, run), 33.33);
    QCOMPARE(mean(MeanRule::benchmarks, run), 50.0);
  }

  // So are the tasks of a pooled group: loom-scope 0.8 merges CLongEval's three sizes.
  void pooled_groups_are_one_pool() {
    std::vector<JobSummary> jobs = {scored("a", "small", "general", 100, 1),
                                    scored("a", "large", "general", 0, 2)};
    for (JobSummary& one : jobs) {
      one.job.group = "story";
      one.job.pool = true;
    }
    QCOMPARE(mean(MeanRule::samples, summary_of(jobs)), 33.33);
  }

  void names_are_read_back() {
    for (MeanRule rule : kMeanRules) QVERIFY(*mean_rule_from(to_string(rule)) == rule);
    QVERIFY(!mean_rule_from("median"));
    QVERIFY(default_mean_rule("loomscope-0.8") == MeanRule::samples);
    QVERIFY(default_mean_rule("official") == MeanRule::benchmarks);
  }

  void nothing_scored_has_no_mean() {
    JobSummary job = scored("a", "x", "general", 0, 0);
    job.score.reset();
    const RunSummary run = summary_of({job});
    for (MeanRule rule : kMeanRules) QVERIFY(!mean_by(rule, run.jobs, run.columns[0]));
  }

  // Its README's values of one model: 24.47 is their plain mean (24.48), release 0.8 prints 34.17.
  void infinite_bench_of_loom_scope() {
    const std::tuple<const char*, double, size_t> values[] = {{"passkey", 94.05, 590},
                                                              {"number_string", 80.68, 590},
                                                              {"kv_retrieval", 0, 500},
                                                              {"longbook_sum_eng", 12.99, 103},
                                                              {"longbook_choice_eng", 39.74, 229},
                                                              {"longbook_qa_eng", 8.83, 351},
                                                              {"longbook_qa_chn", 11.41, 189},
                                                              {"longdialogue_qa_eng", 8.77, 200},
                                                              {"math_find", 9.22, 350},
                                                              {"math_calc", 0, 50},
                                                              {"code_run", 0, 400},
                                                              {"code_debug", 28.05, 394}};
    std::vector<JobSummary> jobs;
    for (const auto& [task, score, samples] : values)
      jobs.push_back(scored("infinitebench", task, "retrieval", score, samples));
    const RunSummary run = summary_of(jobs);
    QCOMPARE(two_decimals(mean(MeanRule::benchmarks, run)), 24.48);
    QCOMPARE(two_decimals(mean(MeanRule::samples, run)), 34.17);
  }

  void published_averages() {
    const auto shared = testing::shared_data();
    const auto file = shared ? shared->parent_path() / "published/loombench_scores.json" : "";
    if (!std::filesystem::exists(file)) QSKIP("skipped: no published scores here");
    const json table = *read_json(file);
    std::map<std::string, std::string> capability;
    for (const auto& [name, benchmarks] : table.at("capabilities").items())
      for (const auto& benchmark : benchmarks) capability[benchmark.get<std::string>()] = name;
    QCOMPARE(table.at("models").size(), size_t{14});
    for (const json& model : table.at("models")) {
      std::vector<JobSummary> jobs;
      for (const auto& [benchmark, score] : model.at("scores").items())
        jobs.push_back(
            scored(benchmark, "all", capability.at(benchmark), score.get<double>(), 100));
      const RunSummary run = summary_of(jobs);
      QCOMPARE(two_decimals(mean(MeanRule::benchmarks, run)), model.at("avg").get<double>());
      QCOMPARE(two_decimals(mean(MeanRule::samples, run)), model.at("avg").get<double>());
      QVERIFY(std::abs(mean(MeanRule::capabilities, run) -
                       model.at("recomputed").at("mean_of_6_capabilities").get<double>()) < 0.011);
    }
  }
};

QTEST_APPLESS_MAIN(MeanRulesTest)
#include "mean_rules_test.moc"
