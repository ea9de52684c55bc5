// The Results page shows and exports what the history holds.
#include <QToolButton>

#include "core/base/text_file.h"
#include "core/export/run_export.h"
#include "tests/ui/pages/open_results.h"
#include "ui/charts/latency_table_view.h"
#include "ui/charts/score_charts.h"
#include "ui/execution/file_work.h"
#include "ui/pages/results/lengths_tab.h"
#include "ui/pages/results/overview_tab.h"
#include "ui/pages/results/parts_table.h"
#include "ui/pages/results/results_export.h"
#include "ui/pages/results/tasks_tab.h"
#include "ui/view_models/format.h"

using namespace loom;
using namespace loom::ui;
using loom::testing::OpenResults;

class ResultsPageTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init();
  void cleanup() { results_.reset(); }
  void numbersEqualTheStore();
  void meanFollowsTheRule();
  void partsStandBesideTheScores();
  void exportsTheShownTable();
  void missingRunIsAProblem();

 private:
  std::unique_ptr<OpenResults> results_;
};

void ResultsPageTest::init() {
  results_ = std::make_unique<OpenResults>();
  QVERIFY(results_->is_loaded());
}

void ResultsPageTest::numbersEqualTheStore() {
  const RunSummary summary = *results_->workspace()->queries().summary(results_->run());
  QCOMPARE(results_->page().title(), QStringLiteral("Baseline"));
  QStringList expected, shown;
  for (const auto& capability : summary.columns[0].capabilities)
    for (const RunColumn& column : summary.columns)
      for (const GroupScore& group : column.capabilities)
        if (group.key == capability.key) expected << format_score(group.score);
  for (QLabel* score : results_->page().findChildren<QLabel*>(QStringLiteral("score")))
    shown << score->text();
  QCOMPARE(shown, expected);
  QCOMPARE(expected.size(), 12);
  // Heard too where the card's button has the focus.
  QStringList heard;
  for (QToolButton* button : results_->page().findChildren<QToolButton*>())
    if (button->toolTip() == QStringLiteral("Show the samples"))
      heard << button->accessibleDescription();
  QCOMPARE(heard.size(), 6);
  for (int card = 0; card < 6; ++card)
    for (int model = 0; model < 2; ++model)
      QVERIFY2(heard[card].contains(expected[2 * card + model]), qPrintable(heard[card]));

  const RadarModel& radar = results_->page().overview().radar().model();
  QCOMPARE(radar.series.size(), size_t{2});
  for (size_t column = 0; column < 2; ++column)
    for (size_t axis = 0; axis < radar.axes.size(); ++axis)
      QCOMPARE(radar.series[column].values[axis].value,
               summary.columns[column].capabilities[axis].score);
  const LatencyModel& latency = results_->page().overview().latency().model();
  double wall = 0;
  for (const JobSummary& job : summary.jobs)
    if (job.job.model == 0) wall += job.wall_s;
  QVERIFY(std::abs(latency.sum.columns[0].wall_s - wall) < 1e-9);
  QCOMPARE(results_->page().lengths().curve().model().lengths, (std::vector<size_t>{4096, 8192}));
  results_->workspace().keep_pictures(results_->page(), QStringLiteral("results-overview"));
  for (int tab : {1, 2, 4}) {
    results_->tabs()->setCurrentIndex(tab);
    results_->workspace().keep_pictures(results_->page(), QStringLiteral("results-%1").arg(tab));
  }
}

void ResultsPageTest::meanFollowsTheRule() {
  const RunSummary summary = *results_->workspace()->queries().summary(results_->run());
  TasksTab& tasks = results_->page().tasks();
  for (const RunColumn& column : summary.columns)
    QVERIFY(tasks.mean_text().contains(text(column.label) + QStringLiteral(": ") +
                                       format_score(column.mean_of_benchmarks)));
  QVERIFY(tasks.mean_text().contains(QStringLiteral("rules: official")));
  for (MeanRule rule : kMeanRules) {
    tasks.set_rule(rule);
    for (const RunColumn& column : summary.columns)
      QVERIFY(tasks.mean_text().contains(format_score(mean_by(rule, summary.jobs, column))));
  }
}

void ResultsPageTest::partsStandBesideTheScores() {
  auto* shown = results_->page().findChild<PartsTable*>(QStringLiteral("parts_table"));
  QVERIFY(shown && shown->isHidden());  // this run has neither groups nor parts
  RunSummary summary;
  RunColumn column;
  column.label = "tiny";
  column.groups.push_back({"clongeval/long_story_qa", 33.3, 30.0, 36.0, 991});
  column.breakdowns.push_back({"longbench_v2/longbench_v2",
                               "difficulty",
                               "Difficulty",
                               {{"easy", 30.7, 24.0, 38.0, 192}, {"hard", 29.6, 24.0, 35.0, 311}}});
  summary.columns.push_back(column);
  PartsTable parts;
  parts.set_summary(summary);
  QVERIFY(!parts.isHidden());
  QCOMPARE(parts.topLevelItemCount(), 3);
  QCOMPARE(parts.topLevelItem(0)->text(1), QStringLiteral("Together"));
  QCOMPARE(parts.topLevelItem(2)->text(1), QStringLiteral("Difficulty: hard"));
  QCOMPARE(parts.topLevelItem(2)->text(3), format_score(29.6));
  QCOMPARE(parts.topLevelItem(2)->text(5), format_count(311));
  parts.set_summary({});
  QVERIFY(parts.isHidden());
}

void ResultsPageTest::exportsTheShownTable() {
  const auto file = results_->workspace().folder() / "scores.csv";
  FileWork& work = results_->workspace()->file_work();
  QSignalSpy succeeded(&work, &FileWork::succeeded), failed(&work, &FileWork::failed);
  results_->page().exports().write_table(ResultsExport::Table::csv,
                                         QString::fromStdString(file.string()));
  QTRY_COMPARE(succeeded.size(), 1);
  const RunSummary summary = *results_->workspace()->queries().summary(results_->run());
  QCOMPARE(text(*read_file(file)), text(score_table_csv(summary, "official")));
  results_->page().exports().write_table(ResultsExport::Table::csv,
                                         QString::fromStdString((file / "x.csv").string()));
  QTRY_COMPARE(failed.size(), 1);
  const auto folder = results_->workspace().folder() / "report";
  results_->page().exports().write_folder(QString::fromStdString(folder.string()));
  QTRY_COMPARE_WITH_TIMEOUT(succeeded.size(), 2, 20'000);
  QVERIFY(std::filesystem::exists(folder / "report.html"));
}

void ResultsPageTest::missingRunIsAProblem() {
  QSignalSpy problems(&results_->page(), &Page::problem);
  results_->page().show_run(12'345);
  QVERIFY(problems.wait(20'000));
  QVERIFY(!results_->page().export_action()->isEnabled());
}

QTEST_MAIN(ResultsPageTest)
#include "results_page_test.moc"
