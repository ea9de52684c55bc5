// Scores of other programs' answers: means, intervals, what is left out.
#include "core/predictions/score_predictions.h"

#include <QTest>

#include "core/base/file_paths.h"

using namespace loom;

class ScorePredictionsTest : public QObject {
  Q_OBJECT

  Catalog catalog_ = *load_catalog(*paths::registry());

  static StoredAnswer answer(const std::string& text, const std::string& reference) {
    return {text, "", text, {reference}, nlohmann::json::object()};
  }

 private Q_SLOTS:
  void means_and_intervals() {
    PredictionSet set{"ruler", "qa_1", {}, {}};
    for (int i = 0; i < 200; ++i) set.answers.push_back(answer(i % 4 ? "no" : "yes it is", "yes"));
    auto scores = score_predictions(set, catalog_);
    QVERIFY(scores);
    QCOMPARE(*scores->summary.score, 25.0);
    QCOMPARE(scores->summary.scored, size_t{200});
    QCOMPARE(scores->summary.interval, std::string("wilson"));
    // Wilson's interval of 50 out of 200.
    QVERIFY(std::abs(*scores->summary.low - 19.51) < 0.01);
    QVERIFY(std::abs(*scores->summary.high - 31.43) < 0.01);
    for (size_t i = 0; i < 200; ++i) QCOMPARE(*scores->scores[i].value, i % 4 ? 0.0 : 1.0);
  }

  void a_missing_reference_is_named() {
    PredictionSet set{"ruler", "qa_1", {}, {answer("x", "y"), answer("z", "y")}};
    set.answers[1].references.clear();
    set.answers[1].where = "a.jsonl:2";
    auto scores = score_predictions(set, catalog_);
    QVERIFY(!scores);
    QCOMPARE(scores.error().where, std::string("a.jsonl:2"));
  }

  // F1 of the class "yes" is a task's own: precision 2/3 and recall 2/4.
  void a_whole_task_has_a_score_of_its_own() {
    PredictionSet set{"bamboo", "senhallu", {}, {}};
    for (const char* said : {"yes", "Yes.", "no", "no"})
      set.answers.push_back(answer(said, "true"));
    for (const char* said : {"yes", "no", "no"}) set.answers.push_back(answer(said, "false"));
    auto scores = score_predictions(set, catalog_);
    QVERIFY(scores);
    QVERIFY(std::abs(*scores->summary.score - 400.0 / 7) < 1e-9);
    QVERIFY(*scores->summary.low < *scores->summary.score);
    QVERIFY(*scores->summary.high > *scores->summary.score);
    QCOMPARE(*scores->scores[0].value, 1.0);
  }

  void rule_sets_differ() {
    PredictionSet set{"niah", "needle", {}, {answer("a b.", "a b")}};
    QCOMPARE(*score_predictions(set, catalog_)->summary.score, 100.0);
    QCOMPARE(*score_predictions(set, catalog_, kLoomScopeRules)->summary.score, 50.0);
    set.benchmark = "longcite";
    set.task = "hotpotqa";
    QVERIFY(!score_predictions(set, catalog_, kLoomScopeRules));
  }

  void fields_of_the_wrong_type_are_named() {
    const std::tuple<const char*, const char*, nlohmann::json> cases[] = {
        {"babilong", "qa1", {{"question", 7}}},
        {"longwriter", "longbench_write", {{"length", "long"}}},
        {"libra", "ru_trec", {{"negative_outputs", 3}}},
        {"longbench", "trec", {{"classes", {{"a", 1}}}}},
        {"counting_stars", "en_reasoning", {{"wrong_counts", "x"}}}};
    for (const auto& [benchmark, task, metadata] : cases) {
      PredictionSet set{benchmark, task, {}, {answer("{\"little_penguin\": [1]}", "1")}};
      set.answers[0].where = "a.jsonl:1";
      set.answers[0].metadata = metadata;
      auto scores = score_predictions(set, catalog_);
      QVERIFY2(!scores && scores.error().where == "a.jsonl:1", benchmark);
    }
  }

  void tasks_become_benchmarks() {
    std::vector<PredictionScores> all;
    all.push_back(*score_predictions(
        {"ruler", "qa_1", {}, {answer("yes", "yes"), answer("no", "yes")}}, catalog_));
    all.push_back(*score_predictions({"ruler", "qa_2", {}, {answer("yes", "yes")}}, catalog_));
    all.push_back(*score_predictions({"niah", "needle", {}, {answer("a", "a b")}}, catalog_));
    const RunSummary summary = summarise_predictions(all);
    QCOMPARE(summary.columns.size(), size_t{1});
    QCOMPARE(*summary.columns[0].benchmarks[0].score, 75.0);
    QCOMPARE(*summary.columns[0].mean_of_benchmarks, 62.5);
  }

  void another_metric_than_the_tasks_own() {
    PredictionSet own{"", "mine", {}, {answer("the red ship", "red ship"), answer("x", "y")}};
    QVERIFY(!score_predictions(own, catalog_));  // there is no metric
    const auto scores = score_predictions_by("squad_exact_match", own, catalog_);
    QVERIFY(scores);
    QCOMPARE(*scores->summary.score, 50.0);
    QCOMPARE(scores->summary.job.task, std::string("mine"));
    QVERIFY(!scores->summary.fewer_than_official);
    for (const char* metric : {"bertscore", "reference_perplexity", "needs_judge", "wisdom"})
      QVERIFY(!score_predictions_by(metric, own, catalog_));
    // Of a known task the metric changes and the references stay.
    const PredictionSet known{"ruler", "qa_1", {}, {answer("no, yes", "yes")}};
    QCOMPARE(*score_predictions(known, catalog_)->summary.score, 100.0);
    QCOMPARE(*score_predictions_by("squad_exact_match", known, catalog_)->summary.score, 0.0);
    own.answers[1].references.clear();
    own.answers[1].where = "mine.jsonl:2";
    QCOMPARE(score_predictions_by("token_f1", own, catalog_).error().where,
             std::string("mine.jsonl:2"));
  }
};

QTEST_APPLESS_MAIN(ScorePredictionsTest)
#include "score_predictions_test.moc"
