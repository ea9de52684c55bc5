#include "ui/pages/compare/compare_page.h"

#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTextBrowser>
#include <QToolButton>
#include <QtTest>

#include "core/statistics/intervals.h"
#include "tests/ui/pages/open_workspace.h"
#include "tests/ui/stored_runs.h"
#include "ui/charts/score_charts.h"
#include "ui/pages/compare/difference_view.h"
#include "ui/pages/compare/disagreements.h"
#include "ui/pages/compare/setting_differences.h"
#include "ui/pages/compare/settings_warning.h"
#include "ui/shell/theme_colors.h"

using namespace loom;
using namespace loom::ui;
using loom::testing::OpenWorkspace;
using loom::testing::RunRecipe;
using loom::testing::store_run;

class ComparePageTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init();
  void cleanup();
  void differencesEqualTheStatistics();
  void disagreementsSideBySide();
  void differingSettingsAreSaid();
  void oneSampleIsNotSeveral();
  void runsOfOneNameAreToldApart();
  void longNamesDoNotWidenTheWindow();
  void fewerThanTwoRunsAsk();
  void modelsOfOneRun();
  void augmentationsOfOneRun();
  void aModelIsAddedFromTheMenu();
  void aHiddenWarningTakesANewThemesColours();

 private:
  void compare(const QList<qint64>& runs);

  std::unique_ptr<OpenWorkspace> workspace_;
  std::unique_ptr<ComparePage> page_;
  qint64 baseline_ = 0, better_ = 0, other_rule_ = 0;
};

void ComparePageTest::init() {
  workspace_ = std::make_unique<OpenWorkspace>();
  QVERIFY(workspace_->is_open());
  RunStore& store = (*workspace_)->store();
  baseline_ = store_run(store, RunRecipe{});
  RunRecipe recipe;
  recipe.name = "Better";
  // Better at the first jobs, worse at the last.
  recipe.score = [](const Job& job, int index) {
    if (job.index < 3) return index < 5 ? 1.0 : 0.0;
    return job.index > 5 || index % 2 == 1 ? 0.0 : 1.0;
  };
  better_ = store_run(store, recipe);
  recipe.name = "Cut at the head";
  recipe.truncation = TruncationRule::head;
  other_rule_ = store_run(store, recipe);
  QVERIFY(baseline_ > 0 && better_ > 0 && other_rule_ > 0);
  page_ = std::make_unique<ComparePage>(**workspace_);
  page_->resize(1200, 700);
  page_->show();
}

void ComparePageTest::cleanup() {
  page_.reset();
  workspace_.reset();
}

void ComparePageTest::compare(const QList<qint64>& runs) {
  QSignalSpy loaded(page_.get(), &ComparePage::loaded);
  page_->show_runs(runs);
  QVERIFY(loaded.wait(20'000));
}

void ComparePageTest::differencesEqualTheStatistics() {
  compare({baseline_, better_});
  const DifferenceModel& model = page_->differences().model();
  QCOMPARE(model.rows.size(), size_t{7});
  auto pairs = (*workspace_)->queries().paired(baseline_, better_);
  QVERIFY(pairs.has_value());
  double previous = 1e9;
  for (const DifferenceRow& row : model.rows) {
    std::vector<double> a, b;
    for (const PairedSample& pair : *pairs) {
      std::string key = pair.benchmark + "/" + pair.task;
      if (pair.length_tokens > 0) key += "@" + std::to_string(pair.length_tokens);
      if (key != row.key || !pair.score_a || !pair.score_b) continue;
      a.push_back(*pair.score_a * 100);
      b.push_back(*pair.score_b * 100);
    }
    QCOMPARE(a.size(), size_t{6});  // without the failed and the unparsed one
    const auto expected = paired_difference(b, a, 42);
    QVERIFY(row.values.at(0).has_value());
    QCOMPARE(row.values[0]->mean, expected->mean);
    QCOMPARE(row.values[0]->interval.low, expected->interval.low);
    QCOMPARE(row.values[0]->interval.high, expected->interval.high);
    QCOMPARE(row.values[0]->p, expected->p);
    QVERIFY(row.values[0]->mean <= previous);
    previous = row.values[0]->mean;
  }
  QVERIFY(model.rows.front().values[0]->mean > 0);
  QVERIFY(model.rows.back().values[0]->mean < 0);
  QCOMPARE(page_->radar().model().series.size(), size_t{2});
  QVERIFY(page_->warning().isEmpty());
  QCOMPARE(page_->findChild<QLabel*>(QStringLiteral("shared"))->text(),
           QStringLiteral("Tasks that all runs share: 7. Paired samples: 42."));
  workspace_->keep_pictures(*page_, QStringLiteral("compare"));
}

void ComparePageTest::disagreementsSideBySide() {
  compare({baseline_, better_});
  DisagreementModel& model = page_->disagreements().model();
  for (int row = 0; row < model.rowCount(); ++row)
    QVERIFY(model.row(row).pair.score_a != model.row(row).pair.score_b);
  QVERIFY(model.rowCount() > 0);
  auto* answer = page_->findChild<QTextBrowser*>(QStringLiteral("other_answer"));
  QTRY_VERIFY(answer->toPlainText().contains(QStringLiteral("Better")));
  QVERIFY(answer->toHtml().contains(QStringLiteral("underline")));
  const int all = model.rowCount();
  Q_EMIT page_->differences().activated(QStringLiteral("0/0"));
  QCOMPARE(page_->findChild<QTabWidget*>()->currentIndex(), 1);
  QVERIFY(model.rowCount() > 0 && model.rowCount() < all);
  QTest::qWait(50);
  workspace_->keep_pictures(*page_, QStringLiteral("compare-samples"));
}

void ComparePageTest::differingSettingsAreSaid() {
  compare({baseline_, better_, other_rule_});
  QVERIFY(page_->warning().contains(QStringLiteral("Truncation: middle ≠ head")));
  QVERIFY(!page_->warning().contains(QStringLiteral("Rule set")));
  QCOMPARE(page_->differences().model().series.size(), size_t{2});
  workspace_->keep_pictures(*page_, QStringLiteral("compare-three"));
}

void ComparePageTest::oneSampleIsNotSeveral() {
  PlanBenchmark needles;
  needles.id = "niah";
  needles.samples = 1;
  EvaluationPlan one;
  one.benchmarks.push_back(needles);
  EvaluationPlan more = one;
  more.benchmarks.front().samples = 2;
  const QString said = setting_differences({one, more}).join(QLatin1Char(' '));
  QVERIFY2(said.contains(QStringLiteral("niah with 1 sample each")), qPrintable(said));
  QVERIFY2(said.contains(QStringLiteral("niah with 2 samples each")), qPrintable(said));
}

// As in the charts' legends.
void ComparePageTest::runsOfOneNameAreToldApart() {
  const qint64 again = store_run((*workspace_)->store(), RunRecipe{});
  compare({baseline_, again, better_});
  QStringList names;
  for (const QToolButton* chip :
       page_->findChildren<QToolButton*>(QStringLiteral("compared_chip")))
    names << chip->text();
  QCOMPARE(names, QStringList({QStringLiteral("Baseline: Baseline #%1").arg(baseline_),
                               QStringLiteral("Baseline #%1").arg(again),
                               QStringLiteral("Better")}));
}

void ComparePageTest::longNamesDoNotWidenTheWindow() {
  RunRecipe recipe;
  QList<qint64> runs;
  for (int i = 0; i < 6; ++i) {
    recipe.name = "Needles in a haystack of essays, thirty-two lengths, attempt " +
                  std::to_string(i) + " on the second machine";
    runs << store_run((*workspace_)->store(), recipe);
  }
  compare(runs);
  const auto chips = page_->findChildren<QToolButton*>(QStringLiteral("compared_chip"));
  QCOMPARE(chips.size(), 6);
  QVERIFY2(page_->minimumSizeHint().width() <= 850,  // a window of 960 without its rail
           qPrintable(QString::number(page_->minimumSizeHint().width())));
  for (const QToolButton* chip : chips) {
    QVERIFY(chip->text().endsWith(QStringLiteral("machine")));
    QVERIFY(chip->toolTip().contains(QStringLiteral("attempt")));
  }
}

void ComparePageTest::fewerThanTwoRunsAsk() {
  compare({baseline_, better_});
  page_->show_runs({baseline_});
  QCOMPARE(page_->parts().size(), 1);
  QVERIFY(!page_->findChild<QTabWidget*>()->isVisible());
  QVERIFY(page_->warning().isEmpty());
}

// Of two models in one run, each task is paired sample by sample as between two runs.
void ComparePageTest::modelsOfOneRun() {
  RunRecipe recipe;
  recipe.name = "Two models";
  recipe.models = {"small", "large"};
  recipe.score = [](const Job& job, int index) {
    return job.model == 1 || index % 2 == 0 ? 1.0 : 0.0;
  };
  const qint64 run = store_run((*workspace_)->store(), recipe);
  compare({run});
  const DifferenceModel& model = page_->differences().model();
  QCOMPARE(model.baseline.c_str(), "small");
  QCOMPARE(model.series, std::vector<std::string>{"large"});
  QCOMPARE(model.rows.size(), size_t{7});
  // Samples 0, 1, 2, 4, 5 and 7 of each task have scores: the small model misses 1, 5 and 7.
  const std::vector<double> small{100, 0, 100, 100, 0, 0}, large(6, 100);
  const auto expected = paired_difference(large, small, 42);
  for (const DifferenceRow& row : model.rows) {
    QVERIFY(row.values.at(0).has_value());
    QCOMPARE(row.values[0]->mean, 50.0);
    QCOMPARE(row.values[0]->interval.low, expected->interval.low);
    QCOMPARE(row.values[0]->interval.high, expected->interval.high);
  }
  QCOMPARE(page_->radar().model().series.size(), size_t{2});
  QVERIFY2(page_->warning().isEmpty(), qPrintable(page_->warning()));
  DisagreementModel& differing = page_->disagreements().model();
  QCOMPARE(differing.rowCount(), 7 * 3);
  for (int row = 0; row < differing.rowCount(); ++row) {
    QCOMPARE(differing.row(row).pair.score_a.value_or(1), 0.0);
    QCOMPARE(differing.row(row).pair.score_b.value_or(0), 1.0);
  }
  workspace_->keep_pictures(*page_, QStringLiteral("compare-models"));
}

void ComparePageTest::augmentationsOfOneRun() {
  RunRecipe recipe;
  recipe.name = "Two methods";
  recipe.augmentations = {"none", "magic"};
  recipe.score = [](const Job& job, int) { return job.augmentation == 1 ? 0.0 : 1.0; };
  compare({store_run((*workspace_)->store(), recipe)});
  const DifferenceModel& model = page_->differences().model();
  QCOMPARE(model.baseline.c_str(), "tiny");
  QCOMPARE(model.series, std::vector<std::string>{"tiny · magic"});
  for (const DifferenceRow& row : model.rows) QCOMPARE(row.values.at(0)->mean, -100.0);
}

void ComparePageTest::aModelIsAddedFromTheMenu() {
  RunRecipe recipe;
  recipe.name = "Two models";
  recipe.models = {"small", "large"};
  const qint64 run = store_run((*workspace_)->store(), recipe);
  page_->show_runs({baseline_});
  auto* menu = page_->findChild<QMenu*>(QStringLiteral("add_compared"));
  QVERIFY(menu);
  QSignalSpy loaded(page_.get(), &ComparePage::loaded);
  Q_EMIT menu->aboutToShow();
  QMenu* inner = nullptr;
  for (QAction* action : menu->actions())
    if (action->menu() && action->text().startsWith(QStringLiteral("Two models")))
      inner = action->menu();
  QVERIFY(inner);
  Q_EMIT inner->aboutToShow();
  QStringList offered;
  for (QAction* action : inner->actions()) offered << action->text();
  QCOMPARE(offered, QStringList({QStringLiteral("The whole run"), QStringLiteral("small"),
                                 QStringLiteral("large")}));
  inner->actions().at(2)->trigger();
  QVERIFY(loaded.wait(20'000));
  QCOMPARE(page_->parts().size(), 2);
  QCOMPARE(page_->parts().at(1), (ComparedPart{run, "large"}));
  QCOMPARE(page_->differences().model().series, std::vector<std::string>{"Two models · large"});
}

void ComparePageTest::aHiddenWarningTakesANewThemesColours() {
  SettingsWarning warning;
  const QPalette before = QApplication::palette();
  const bool was_light = before.color(QPalette::Window).lightness() > 127;
  QPalette other(was_light ? QColor(20, 20, 20) : QColor(240, 240, 240));
  QApplication::setPalette(other);
  warning.set_differences(QStringLiteral("Settings differ."), {QStringLiteral("seed")});
  const QColor shown = warning.palette().color(QPalette::Window);
  const QColor expected = theme_colors(other).warning_surface;
  QApplication::setPalette(before);
  QCOMPARE(shown, expected);
  QVERIFY(expected != theme_colors(before).warning_surface);
}

QTEST_MAIN(ComparePageTest)
#include "compare_page_test.moc"
