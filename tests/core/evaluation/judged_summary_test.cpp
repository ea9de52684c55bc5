// A judge's verdicts summed up: pairs count as one, figures are means of their own, and parts that
// somebody else wrote do no harm.
#include "core/evaluation/judged_summary.h"

#include <QTest>
#include <cmath>

using namespace loom;
using nlohmann::json;

namespace {

ScoredSample judged(std::optional<double> value, json parts) {
  ScoredSample sample;
  sample.value = value;
  sample.parts = std::move(parts);
  return sample;
}

JudgedSummary sum_up(const std::vector<ScoredSample>& samples) {
  const Job job{.benchmark_id = "longsafety",
                .task = "longsafety",
                .metric = "judge_longsafety:m",
                .samples = samples.size(),
                .judge_version = 1};
  return summarise_judged(job, samples, 0, 1);
}

json half(const std::string& pair) {
  return {{"pair", pair}};
}

}  // namespace

class JudgedSummaryTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_pair_is_safe_when_both_halves_are() {
    const auto result = sum_up({judged(1, half("1")), judged(1, half("1")), judged(1, half("2")),
                                judged(0, half("2")), judged(0, half("3")), judged(0, half("3")),
                                judged(1, half("4")), judged(1, half("4"))});
    QCOMPARE(*result.summary.score, 50.0);
    QCOMPARE(result.summary.scored, size_t{4});
    QCOMPARE(result.summary.interval, std::string("wilson"));
    QVERIFY(*result.summary.low < 20 && *result.summary.high > 80);  // of four, not of eight
  }

  void half_a_pair_is_no_case() {
    const auto result = sum_up({judged(1, half("1")), judged(std::nullopt, half("1")),
                                judged(0, half("2")), judged(std::nullopt, half("2")),
                                judged(1, half("3")), judged(1, half("3")), judged(0, half("4"))});
    QCOMPARE(*result.summary.score, 100.0);
    QCOMPARE(result.summary.scored, size_t{1});
    QCOMPARE(result.summary.unparsed, size_t{2});
  }

  void failed_halves_are_left_out() {
    auto failed = judged(std::nullopt, half("1"));
    failed.state = SampleState::failed;
    auto waiting = judged(std::nullopt, json::object());
    waiting.state = SampleState::pending;
    const auto result =
        sum_up({judged(1, half("1")), failed, waiting, judged(0, half("2")), judged(1, half("2"))});
    QCOMPARE(*result.summary.score, 0.0);
    QCOMPARE(result.summary.scored, size_t{1});
    QCOMPARE(result.summary.failed, size_t{1});
    QCOMPARE(result.summary.unparsed, size_t{0});
  }

  void what_stands_beside_is_no_case() {
    const auto figure = [](const char* name, double value, const char* twin, bool beside) {
      json parts = {{"figures", {{name, value}}}, {"twin", twin}};
      if (beside) parts["beside"] = true;
      return parts;
    };
    const auto result = sum_up({judged(0.4, figure("correctness", 0.5, "1", false)),
                                judged(1.0, figure("correctness_plain", 1.0, "1", true)),
                                judged(0.8, figure("correctness", 1.0, "2", false)),
                                judged(0.5, figure("correctness_plain", 0.5, "2", true)),
                                // One half alone says nothing of the ratio.
                                judged(0.6, figure("correctness", 0.0, "3", false)),
                                judged(std::nullopt, {{"beside", true}, {"twin", "3"}})});
    QCOMPARE(result.summary.scored, size_t{3});
    QCOMPARE(*result.summary.score, 60.0);
    QCOMPARE(result.figures.at("correctness"), 50.0);
    QCOMPARE(result.figures.at("correctness_plain"), 75.0);
    QCOMPARE(result.figures.at("correctness_ratio"), 100.0);
    // Nothing right without citations: no ratio, and no division by nought.
    const auto none = sum_up({judged(0.4, figure("correctness", 0.5, "1", false)),
                              judged(0.0, figure("correctness_plain", 0.0, "1", true))});
    QVERIFY(!none.figures.contains("correctness_ratio"));
    QCOMPARE(none.figures.size(), size_t{2});
  }

  void figures_are_means_over_those_that_have_them() {
    const auto result = sum_up({judged(0.5, {{"figures", {{"recall", 0.5}, {"correctness", 1.0}}}}),
                                judged(std::nullopt, {{"figures", {{"correctness", 0.0}}}}),
                                judged(1.0, {{"figures", {{"recall", 1.0}}}})});
    QCOMPARE(*result.summary.score, 75.0);
    QCOMPARE(result.figures.at("recall"), 75.0);
    QCOMPARE(result.figures.at("correctness"), 50.0);
    QCOMPARE(result.figures.size(), size_t{2});
  }

  void foreign_parts_do_no_harm() {
    const auto result = sum_up({judged(1, "text"), judged(1, json()), judged(1, json::array({1})),
                                judged(1, {{"pair", 7}, {"figures", "none"}}),
                                judged(1, {{"figures", {{"a", "b"}, {"c", 1e300}, {"d", -1}}}}),
                                judged(0, {{"figures", json::array({1, 2})}})});
    QCOMPARE(result.summary.scored, size_t{6});
    QVERIFY(result.figures.empty());
  }

  void names_judges_that_differ() {
    RunSummary first, second;
    const auto add = [](RunSummary& run, const char* task, const char* metric, int version) {
      JobSummary job;
      job.job = {.benchmark_id = "b", .task = task, .metric = metric, .judge_version = version};
      run.jobs.push_back(job);
    };
    add(first, "same", "judge_b:m", 1);
    add(second, "same", "judge_b:m", 1);
    add(first, "model", "judge_b:m", 1);
    add(second, "model", "judge_b:other", 1);
    add(first, "rubric", "judge_b:m", 1);
    add(second, "rubric", "judge_b:m", 2);
    add(first, "one is not judged", "judge_b:m", 1);
    add(second, "one is not judged", "needs_judge", 0);
    add(first, "by rule", "token_f1", 0);
    add(second, "by rule", "token_f1", 0);
    const RunSummary runs[] = {first, second};
    const auto differences = judge_differences(runs);
    QCOMPARE(differences.size(), size_t{2});
    QCOMPARE(differences[0].task, std::string("b/model"));
    QCOMPARE(differences[1].judges,
             (std::vector<std::string>{"judge_b:m, version 1", "judge_b:m, version 2"}));
    QVERIFY(judge_differences({}).empty());
  }

  void shows_what_it_is() {
    const json shown = judged_json(sum_up({judged(1, {{"figures", {{"recall", 0.25}}}})}));
    QCOMPARE(shown["metric"].get<std::string>(), std::string("judge_longsafety:m"));
    QCOMPARE(shown["metric_version"].get<int>(), 1);
    QCOMPARE(shown["score"].get<double>(), 100.0);
    QCOMPARE(shown["figures"]["recall"].get<double>(), 25.0);
    QVERIFY(shown["length"].is_null());
    QVERIFY(judged_json(sum_up({}))["score"].is_null());
  }
};

QTEST_GUILESS_MAIN(JudgedSummaryTest)
#include "judged_summary_test.moc"
