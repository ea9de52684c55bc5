// Curves and heat-maps of the Results page, and the samples behind their points.
#include <QComboBox>

#include "tests/ui/pages/open_results.h"
#include "ui/charts/score_charts.h"
#include "ui/pages/results/lengths_tab.h"
#include "ui/pages/results/overview_tab.h"

using namespace loom;
using namespace loom::ui;
using loom::testing::OpenResults;

namespace {

struct Cell {
  const char *benchmark, *task, *capability;
  size_t length;
  int right;  // of ten answers
};

// A finished run of these cells, 0 where it could not be stored.
qint64 store_cells(RunStore& store, const std::vector<Cell>& cells) {
  EvaluationPlan plan;
  plan.name = "How far";
  plan.models.push_back({"models/tiny.gguf", "tiny", "auto"});
  std::vector<Job> jobs;
  for (const Cell& cell : cells) {
    if (plan.benchmarks.empty() || plan.benchmarks.back().id != cell.benchmark)
      plan.benchmarks.push_back({cell.benchmark, {}, {}, 10, nlohmann::json::object()});
    plan.benchmarks.back().lengths.push_back(cell.length);
    Job job;
    job.index = static_cast<int>(jobs.size());
    job.benchmark = static_cast<int>(plan.benchmarks.size()) - 1;
    job.benchmark_id = cell.benchmark;
    job.task = cell.task;
    job.capability = cell.capability;
    job.metric = "contains_all";
    job.length_tokens = cell.length;
    job.samples = 10;
    jobs.push_back(job);
  }
  const auto run = store.create_run(plan, jobs);
  if (!run) return 0;
  for (const Job& job : jobs)
    for (int index = 0; index < 10; ++index) {
      Sample sample;
      sample.job = job.index;
      sample.index = index;
      // As NoLiMa names them: one pair of needle and question at ten depths.
      sample.record_id = job.task + "-book-1-depth-" + std::to_string(index);
      sample.identity = sample.record_id + "-" + std::to_string(job.index);
      sample.prompt.text = "A text. Which number?";
      sample.references = {"7"};
      sample.state = SampleState::done;
      const bool is_right = index < cells[static_cast<size_t>(job.index)].right;
      sample.score =
          SampleScore{"contains_all", 1, is_right ? 1.0 : 0.0, "", "", nlohmann::json::object()};
      if (!store.put_sample(*run, sample)) return 0;
    }
  return store.set_state(*run, RunState::finished) ? *run : 0;
}

}  // namespace

class ResultsLengthsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init();
  void cleanup() { results_.reset(); }
  void chartsOpenTheirSamples();
  void baseScoresHaveACurveOfTheirOwn();
  void rulerShowsItsEffectiveLengthBesideOthers();

 private:
  std::unique_ptr<OpenResults> results_;
};

void ResultsLengthsTest::init() {
  results_ = std::make_unique<OpenResults>();
  QVERIFY(results_->is_loaded());
}

void ResultsLengthsTest::chartsOpenTheirSamples() {
  Q_EMIT results_->page().overview().radar().activated(QStringLiteral("1/0"));
  QCOMPARE(results_->tabs()->currentIndex(), 3);
  QCOMPARE(results_->page().samples().model().filter().jobs.size(), size_t{1});
  QCOMPARE(results_->page().samples().model().rowCount(), 8);
  Q_EMIT results_->page().lengths().curve().activated(QStringLiteral("0/1"));
  QCOMPARE(results_->page().samples().model().filter().jobs, (std::vector<int>{6}));
  const HeatMapModel& map = results_->page().lengths().heat_map().model();
  QVERIFY(map.depths.size() > 1 && map.lengths.size() == 2);
  size_t shown = 0;
  for (size_t depth = 0; depth < map.depths.size(); ++depth) {
    Q_EMIT results_->page().lengths().heat_map().activated(QStringLiteral("%1/1").arg(depth));
    const auto& cell = map.cells[depth][1];
    QCOMPARE(size_t(results_->page().samples().model().rowCount()), cell.n + cell.failed + cell.unparsed);
    shown += cell.n + cell.failed + cell.unparsed;
  }
  QVERIFY(shown > 0);
  Q_EMIT results_->page().lengths().curve().activated(QStringLiteral("0/1"));
  Q_EMIT results_->page().overview().radar().activated(QStringLiteral("legend/0"));
  QCOMPARE(results_->page().samples().model().filter().jobs, (std::vector<int>{6}));
}

void ResultsLengthsTest::baseScoresHaveACurveOfTheirOwn() {
  auto* chooser = results_->page().findChild<QComboBox*>(QStringLiteral("length_curve_task"));
  QVERIFY(!chooser->isVisibleTo(&results_->page().lengths()));  // this run has no base scores
  // Of ten right answers 8, 7 and 5: base score 80, threshold 68.
  const qint64 run =
      store_cells(results_->workspace()->store(), {{"nolima", "needle_set", "reasoning", 512, 8},
                                                   {"nolima", "needle_set", "reasoning", 1024, 7},
                                                   {"nolima", "needle_set", "reasoning", 8192, 5}});
  QVERIFY(results_->open(run));
  // Nothing else was measured, so its curve comes first.
  QVERIFY(chooser->isVisibleTo(&results_->page().lengths()));
  QCOMPARE(chooser->currentData().toString(), QStringLiteral("nolima/needle_set"));
  const LengthCurveModel& model = results_->page().lengths().curve().model();
  QCOMPARE(model.lengths, (std::vector<size_t>{512, 1024, 8192}));
  QCOMPARE(model.base_scores, (std::vector<std::optional<double>>{80.0}));
  QCOMPARE(model.effective_length, (std::vector<std::optional<size_t>>{1024}));
  results_->tabs()->setCurrentWidget(&results_->page().lengths());
  results_->workspace().keep_pictures(results_->page(), QStringLiteral("results-base-score"));
  Q_EMIT results_->page().lengths().curve().activated(QStringLiteral("0/2"));
  QCOMPARE(results_->page().samples().model().filter().jobs, (std::vector<int>{2}));
  chooser->setCurrentIndex(0);
  Q_EMIT chooser->activated(0);
  QVERIFY(results_->page().lengths().curve().model().base_scores.empty());
  QCOMPARE(*results_->page().lengths().curve().model().series[0].values[2].value, 50.0);
  QVERIFY(results_->open(run));  // what was chosen stays
  QCOMPARE(chooser->currentIndex(), 0);
}

void ResultsLengthsTest::rulerShowsItsEffectiveLengthBesideOthers() {
  // Above 85.6 stands RULER at 4k alone.
  const qint64 run =
      store_cells(results_->workspace()->store(), {{"niah", "single_needle", "retrieval", 4096, 1},
                                                   {"niah", "single_needle", "retrieval", 8192, 1},
                                                   {"ruler", "vt", "retrieval", 4096, 9},
                                                   {"ruler", "vt", "retrieval", 8192, 8}});
  QVERIFY(results_->open(run));
  results_->tabs()->setCurrentWidget(&results_->page().lengths());
  auto* chooser = results_->page().findChild<QComboBox*>(QStringLiteral("length_curve_task"));
  QVERIFY(chooser->isVisible());
  QCOMPARE(chooser->count(), 3);  // all, niah, ruler
  QCOMPARE(chooser->currentData().toString(), QStringLiteral("ruler"));
  const LengthCurveModel& model = results_->page().lengths().curve().model();
  QCOMPARE(model.effective_length, (std::vector<std::optional<size_t>>{4096}));
  QCOMPARE(*model.series[0].values[1].value, 80.0);
  results_->workspace().keep_pictures(results_->page(), QStringLiteral("results-effective-length"));
  Q_EMIT results_->page().lengths().curve().activated(QStringLiteral("0/1"));
  QCOMPARE(results_->page().samples().model().filter().jobs, (std::vector<int>{3}));
  results_->tabs()->setCurrentWidget(&results_->page().lengths());
  chooser->setFocus();
  QTest::keyClick(chooser, Qt::Key_Up);  // NIAH
  QCOMPARE(chooser->currentData().toString(), QStringLiteral("niah"));
  QVERIFY(!model.effective_threshold);
  QCOMPARE(*model.series[0].values[0].value, 10.0);
  QVERIFY(results_->open(run));  // what was chosen stays
  QCOMPARE(chooser->currentData().toString(), QStringLiteral("niah"));
}

QTEST_MAIN(ResultsLengthsTest)
#include "results_lengths_test.moc"
