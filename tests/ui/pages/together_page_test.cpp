#include "ui/pages/compare/together_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QtTest>

#include "tests/ui/pages/open_workspace.h"
#include "tests/ui/stored_runs.h"
#include "ui/charts/latency_table_view.h"
#include "ui/charts/score_charts.h"
#include "ui/view_models/format.h"

using namespace loom;
using namespace loom::ui;
using loom::testing::OpenWorkspace;
using loom::testing::RunRecipe;
using loom::testing::store_run;

class TogetherPageTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init();
  void cleanup();
  void aSeriesForEachRunAndModel();
  void differingRulesNeverShareAMeanUnsaid_data();
  void differingRulesNeverShareAMeanUnsaid();
  void differentTasksAreSaidAndLeftOut();
  void seriesLeadToTheirRun();

 private:
  void show(const QList<qint64>& runs);
  QTableView& table() { return *page_->findChild<QTableView*>(QStringLiteral("together_scores")); }
  QString cell(int row, int column) {
    return table().model()->index(row, column).data().toString();
  }
  int row_of(const QString& title);

  std::unique_ptr<OpenWorkspace> workspace_;
  std::unique_ptr<TogetherPage> page_;
  qint64 baseline_ = 0, two_models_ = 0;
};

void TogetherPageTest::init() {
  workspace_ = std::make_unique<OpenWorkspace>();
  QVERIFY(workspace_->is_open());
  baseline_ = store_run((*workspace_)->store(), RunRecipe{});
  RunRecipe recipe;
  recipe.name = "Two models";
  recipe.models = {"small", "large"};
  recipe.score = [](const Job& job, int) { return job.model == 1 ? 1.0 : 0.0; };
  two_models_ = store_run((*workspace_)->store(), recipe);
  page_ = std::make_unique<TogetherPage>(**workspace_);
  page_->resize(1200, 700);
  page_->show();
}

void TogetherPageTest::cleanup() {
  page_.reset();
  workspace_.reset();
}

void TogetherPageTest::show(const QList<qint64>& runs) {
  QSignalSpy loaded(page_.get(), &TogetherPage::loaded);
  page_->show_runs(runs);
  QVERIFY(loaded.wait(20'000));
}

int TogetherPageTest::row_of(const QString& title) {
  for (int row = 0; row < table().model()->rowCount(); ++row)
    if (cell(row, 0).endsWith(title)) return row;
  return -1;
}

void TogetherPageTest::aSeriesForEachRunAndModel() {
  show({baseline_, two_models_});
  const RadarModel& radar = page_->radar().model();
  QCOMPARE(radar.series.size(), size_t{3});
  QCOMPARE(radar.series[0].label.c_str(), "Baseline");
  QCOMPARE(radar.series[1].label.c_str(), "Two models · small");
  QCOMPARE(radar.series[2].label.c_str(), "Two models · large");
  QCOMPARE(page_->lengths().model().series.size(), size_t{3});
  QCOMPARE(page_->lengths().model().lengths, (std::vector<size_t>{4096, 8192}));
  QCOMPARE(page_->latency().model().columns.size(), size_t{3});
  // Table, radar and history say the same.
  QCOMPARE(table().model()->columnCount(), 4);
  QCOMPARE(table().model()->headerData(2, Qt::Horizontal).toString(),
           QStringLiteral("Two models\nsmall"));  // below each other: columns stay narrow
  auto summary = (*workspace_)->queries().summary(baseline_);
  QVERIFY(summary.has_value());
  const RunColumn& column = summary->columns.front();
  for (const GroupScore& capability : column.capabilities) {
    const int row = row_of(capability_name(capability.key));
    QVERIFY2(row >= 0, capability.key.c_str());
    QCOMPARE(cell(row, 1), format_score(capability.score) + u' ' +
                               format_interval(capability.low, capability.high));
    QVERIFY(cell(row, 2).startsWith(format_score(0.0)));
    QVERIFY(cell(row, 3).startsWith(format_score(100.0)));
  }
  const int mean = row_of(QStringLiteral("Mean of benchmarks"));
  QCOMPARE(cell(mean, 0), QStringLiteral("Mean of benchmarks"));
  QCOMPARE(cell(mean, 1), format_score(column.mean_of_benchmarks));
  QVERIFY2(page_->warning().isEmpty(), qPrintable(page_->warning()));
  // Tasks instead of capabilities, with the keyboard.
  auto* axes = page_->findChild<QComboBox*>(QStringLiteral("together_axes"));
  axes->setFocus();
  axes->setCurrentIndex(2);
  Q_EMIT axes->activated(2);
  QCOMPARE(page_->radar().model().axes.size(), column.tasks.size());
  QCOMPARE(table().model()->rowCount(), int(column.tasks.size()) + 2);
  workspace_->keep_pictures(*page_, QStringLiteral("together"));
  page_->findChild<QTabWidget*>()->setCurrentIndex(1);
  workspace_->keep_pictures(*page_, QStringLiteral("together-lengths"));
}

void TogetherPageTest::differingRulesNeverShareAMeanUnsaid_data() {
  QTest::addColumn<QString>("setting");
  QTest::addColumn<QString>("words");
  QTest::addRow("rules") << QStringLiteral("rules") << QStringLiteral("Rule set: official");
  QTest::addRow("thoughts") << QStringLiteral("thoughts") << QStringLiteral("Thoughts:");
  QTest::addRow("truncation") << QStringLiteral("truncation") << QStringLiteral("Truncation:");
}

void TogetherPageTest::differingRulesNeverShareAMeanUnsaid() {
  QFETCH(QString, setting);
  QFETCH(QString, words);
  RunRecipe recipe;
  recipe.name = "Other";
  if (setting == QStringLiteral("rules")) recipe.rule_set = "loomscope-0.8";
  if (setting == QStringLiteral("thoughts")) recipe.strip_thinking = true;
  if (setting == QStringLiteral("truncation")) recipe.truncation = TruncationRule::head;
  show({baseline_, store_run((*workspace_)->store(), recipe)});
  QVERIFY2(page_->warning().contains(words), qPrintable(page_->warning()));
  QVERIFY(page_->warning().contains(QStringLiteral("means")));
  for (const char* mean : {"Mean of benchmarks", "Mean of capabilities"}) {
    const int row = row_of(QString::fromLatin1(mean));
    QVERIFY(cell(row, 0).startsWith(QStringLiteral("⚠")));
    QVERIFY(table().model()->index(row, 1).data(Qt::ToolTipRole).toString().contains(words));
  }
}

void TogetherPageTest::differentTasksAreSaidAndLeftOut() {
  RunRecipe recipe;
  recipe.name = "Without two hops";
  recipe.without_task = "two_hop";
  show({baseline_, store_run((*workspace_)->store(), recipe)});
  QVERIFY2(page_->warning().contains(QStringLiteral("7 tasks between them and share 6")),
           qPrintable(page_->warning()));
  const int all = table().model()->rowCount();
  auto* only = page_->findChild<QCheckBox*>(QStringLiteral("only_shared"));
  QVERIFY(only->isEnabled());
  QTest::mouseClick(only, Qt::LeftButton, {}, QPoint(8, only->height() / 2));
  QVERIFY(only->isChecked());
  QVERIFY2(page_->warning().isEmpty(), qPrintable(page_->warning()));
  QCOMPARE(table().model()->rowCount(), all - 1);  // the capability of the one task
  QCOMPARE(page_->findChild<QLabel*>(QStringLiteral("together_tasks"))->text(),
           QStringLiteral("Tasks shown: 6."));
  // Equal tasks again: nothing to leave out.
  show({baseline_, two_models_});
  QVERIFY(!only->isEnabled() && !only->isChecked());
}

void TogetherPageTest::seriesLeadToTheirRun() {
  show({baseline_, two_models_});
  QSignalSpy opened(page_.get(), &Page::open_results);
  table().setCurrentIndex(table().model()->index(0, 3));
  table().setFocus();
  QTest::keyClick(&table(), Qt::Key_Return);
  QCOMPARE(opened.value(0).value(0).toLongLong(), two_models_);
  QSignalSpy compared(page_.get(), &Page::open_compare);
  page_->primary_action()->trigger();
  QCOMPARE(compared.value(0).value(0).value<QList<qint64>>(),
           (QList<qint64>{baseline_, two_models_}));
}

QTEST_MAIN(TogetherPageTest)
#include "together_page_test.moc"
