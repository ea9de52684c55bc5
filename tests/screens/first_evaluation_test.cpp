// From the empty window to an exported figure, with the keys and clicks of a user and the real
// engine; then every number on the screen against the history.
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QTreeWidget>
#include <QtTest>

#include "core/base/text_file.h"
#include "tests/screens/desktop_window.h"
#include "tests/support/patience.h"
#include "ui/charts/chart_table_model.h"
#include "ui/charts/figure_export_dialog.h"
#include "ui/charts/latency_table_view.h"
#include "ui/charts/score_charts.h"
#include "ui/pages/results/overview_tab.h"
#include "ui/pages/results/results_page.h"
#include "ui/pages/results/sample_reader.h"
#include "ui/pages/results/samples_tab.h"
#include "ui/view_models/format.h"
#include "ui/wizards/evaluation_wizard.h"

using namespace loom;
using namespace loom::ui;
using loom::testing::DesktopWindow;

namespace {
constexpr size_t kTasks = 3, kSamplesPerTask = 1;
}

class FirstEvaluationTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase();
  void setsUpInTheWizard();
  void runsToTheEnd();
  void scoresEqualTheHistory();
  void timesEqualTheHistory();
  void samplesEqualTheHistory();
  void exportsAFigure();
  void cleanupTestCase() { desktop_.reset(); }

 private:
  MainWindow& window() { return desktop_->window(); }
  ResultsPage& results() {
    return *static_cast<ResultsPage*>(window().page(QStringLiteral("results")));
  }
  template <typename Widget>
  static Widget& find(QWidget& in, const char* name) {
    return *in.findChild<Widget*>(QLatin1String(name));
  }
  static void click(QWidget& widget) { QTest::mouseClick(&widget, Qt::LeftButton); }
  static void type(QLineEdit& field, const QString& words);
  static void press_button(QWidget& in, const QString& words);
  void tick_task(EvaluationWizard& wizard, const QString& title);
  void choose_tab(int index);
  RunSummary stored() { return *desktop_->workspace().queries().summary(run_); }

  std::unique_ptr<DesktopWindow> desktop_;
  std::unique_ptr<Theme> theme_;
  qint64 run_ = 0;
};

void FirstEvaluationTest::initTestCase() {
  desktop_ = std::make_unique<DesktopWindow>();
  if (!desktop_->add_model()) QSKIP("skipped: the default model has not been fetched");
  qputenv("LOOMSCOPE_ENGINE", ENGINE_PROGRAM);
  theme_ = std::make_unique<Theme>(*qApp);
  Status opened = desktop_->open(*theme_);
  QVERIFY2(opened.has_value(), opened ? "" : describe(opened.error()).c_str());
  QVERIFY(QTest::qWaitForWindowActive(&window()));
}

void FirstEvaluationTest::type(QLineEdit& field, const QString& words) {
  click(field);
  QTest::keySequence(&field, QKeySequence::SelectAll);
  QTest::keyClick(&field, Qt::Key_Delete);
  QTest::keyClicks(&field, words);
}

void FirstEvaluationTest::press_button(QWidget& in, const QString& words) {
  for (QAbstractButton* button : in.findChildren<QAbstractButton*>())
    if (button->isVisible() && button->isEnabled() && button->text() == words)
      return click(*button);
  QFAIL(qPrintable(QStringLiteral("no button “%1”").arg(words)));
}

void FirstEvaluationTest::tick_task(EvaluationWizard& wizard, const QString& title) {
  type(find<QLineEdit>(wizard, "benchmark_search"), title);
  auto& tree = find<QTreeWidget>(wizard, "benchmark_tree");
  auto items = tree.findItems(title, Qt::MatchExactly | Qt::MatchRecursive);
  QCOMPARE(items.size(), 1);
  tree.scrollToItem(items.first());
  const QRect row = tree.visualItemRect(items.first());
  QVERIFY2(tree.viewport()->rect().contains(row.center()), qPrintable(title));
  QTest::mouseClick(tree.viewport(), Qt::LeftButton, {}, row.center());
  QTest::keyClick(&tree, Qt::Key_Space);
  QCOMPARE(items.first()->checkState(0), Qt::Checked);
}

void FirstEvaluationTest::setsUpInTheWizard() {
  click(find<QPushButton>(window(), "page_primary"));
  auto* wizard = window().findChild<EvaluationWizard*>();
  QVERIFY(wizard && wizard->isVisible());
  for (const char* task : {"Supported statement", "Value tracing", "Code words"})
    tick_task(*wizard, QLatin1String(task));
  type(find<QLineEdit>(*wizard, "samples"), QString::number(kSamplesPerTask));
  DesktopWindow::keep_picture(*wizard, QStringLiteral("first-1-benchmarks"));

  auto& next = find<QPushButton>(*wizard, "wizard_next");
  click(next);
  auto& models = find<QListView>(*wizard, "model_list");
  QTRY_COMPARE_WITH_TIMEOUT(models.model()->rowCount(), 1, loom::testing::patient(20'000));
  QTest::mouseClick(models.viewport(), Qt::LeftButton, {},
                    models.visualRect(models.model()->index(0, 0)).center());
  if (wizard->plan().models.empty()) QTest::keyClick(&models, Qt::Key_Space);
  QCOMPARE(wizard->plan().models.size(), size_t{1});
  DesktopWindow::keep_picture(*wizard, QStringLiteral("first-2-models"));
  for (int step = 2; step < wizard->step_count(); ++step) click(next);
  QCOMPARE(wizard->current_step(), wizard->step_count() - 1);

  QCOMPARE(find<QLabel>(*wizard, "review_jobs").text(), format_count(kTasks));
  QCOMPARE(find<QLabel>(*wizard, "review_samples").text(), format_count(kTasks * kSamplesPerTask));
  const QLabel& footer = find<QLabel>(*wizard, "wizard_footer");
  QTRY_VERIFY_WITH_TIMEOUT(footer.text().contains(QStringLiteral(" · fits")),
                           loom::testing::patient(60'000));
  type(find<QLineEdit>(*wizard, "run_name"), QStringLiteral("First look"));
  DesktopWindow::keep_picture(*wizard, QStringLiteral("first-3-review"));
  click(next);
}

void FirstEvaluationTest::runsToTheEnd() {
  QTRY_COMPARE(window().current_page_id(), QStringLiteral("run"));
  const auto& action = find<QPushButton>(window(), "page_primary");
  QTRY_COMPARE_WITH_TIMEOUT(action.text(), QStringLiteral("Show results"),
                            loom::testing::patient(120'000));
  auto rows = desktop_->workspace().queries().runs({}, 0, 10);
  QCOMPARE(rows->size(), size_t{1});
  QCOMPARE(rows->front().name.c_str(), "First look");
  QVERIFY(rows->front().state == RunState::finished);
  run_ = rows->front().id;
  QTRY_VERIFY(find<QLabel>(window(), "run_state")
                  .text()
                  .contains(QStringLiteral("%1 of %1 samples").arg(kTasks * kSamplesPerTask)));
  DesktopWindow::keep_picture(window(), QStringLiteral("first-4-run"));

  QSignalSpy loaded(&results(), &ResultsPage::loaded);
  click(find<QPushButton>(window(), "page_primary"));
  QCOMPARE(window().current_page_id(), QStringLiteral("results"));
  QTRY_VERIFY_WITH_TIMEOUT(loaded.size() > 0, loom::testing::patient(20'000));
  DesktopWindow::keep_picture(window(), QStringLiteral("first-5-results"));
}

void FirstEvaluationTest::scoresEqualTheHistory() {
  const RunSummary summary = stored();
  QCOMPARE(summary.columns.size(), size_t{1});
  QStringList expected, shown;
  for (const GroupScore& group : summary.columns[0].capabilities)
    expected << format_score(group.score);
  for (QLabel* score : results().findChildren<QLabel*>(QStringLiteral("score")))
    shown << score->text();
  QCOMPARE(shown, expected);
  QCOMPARE(shown.size(), qsizetype(kTasks));

  RadarView& radar = results().overview().radar();
  press_button(radar, QStringLiteral("Show data"));
  QVERIFY(radar.data_shown());
  const ChartTable table = to_table(radar_model({summary}, RadarAxes::capabilities));
  QAbstractItemModel* data = radar.findChild<ChartTableModel*>();
  QCOMPARE(size_t(data->rowCount()), table.rows.size());
  QCOMPARE(qsizetype(radar.model().axes.size()), shown.size());
  for (size_t axis = 0; axis < kTasks; ++axis)
    QCOMPARE(radar.model().series[0].values[axis].value,
             summary.columns[0].capabilities[axis].score);
  press_button(radar, QStringLiteral("Show data"));
}

void FirstEvaluationTest::timesEqualTheHistory() {
  const RunSummary summary = stored();
  double wall = 0;
  for (const JobSummary& job : summary.jobs) wall += job.wall_s;
  QVERIFY(wall > 0);
  LatencyTableView& latency = results().overview().latency();
  QVERIFY(std::abs(latency.model().sum.columns.at(0).wall_s - wall) < 1e-9);
  const QAbstractItemModel& rows = *latency.table().model();
  QCOMPARE(rows.rowCount(), int(kTasks) + 1);  // one benchmark: its tasks, and the sum
  for (size_t job = 0; job < kTasks; ++job)
    QCOMPARE(rows.index(int(job), 1).data().toString(),
             text(duration_text(summary.jobs[job].wall_s)));
  QCOMPARE(rows.index(int(kTasks), 1).data().toString(), text(duration_text(wall)));
}

void FirstEvaluationTest::choose_tab(int index) {
  auto& tabs = find<QTabWidget>(results(), "results_tabs");
  QTest::mouseClick(tabs.tabBar(), Qt::LeftButton, {}, tabs.tabBar()->tabRect(index).center());
  QCOMPARE(tabs.currentIndex(), index);
}

void FirstEvaluationTest::samplesEqualTheHistory() {
  choose_tab(3);
  const RunQueries& queries = desktop_->workspace().queries();
  auto expected = queries.samples(run_, {}, 0, 100);
  auto& table = find<QTableView>(results(), "samples");
  QCOMPARE(size_t(table.model()->rowCount()), expected->size());
  QCOMPARE(expected->size(), kTasks * kSamplesPerTask);
  SamplesTab& samples = results().samples();
  for (int row = 0; row < table.model()->rowCount(); ++row) {
    const QModelIndex cell = table.model()->index(row, SampleListModel::Task);
    QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualRect(cell).center());
    const auto id = expected->at(size_t(row)).id;
    QTRY_COMPARE(samples.reader().sample_id(), id);
    const Sample sample = *queries.sample(id);
    QVERIFY(cell.data().toString().contains(text(expected->at(size_t(row)).task)));
    QCOMPARE(find<QPlainTextEdit>(samples, "answer_text").toPlainText(), text(sample.result.text));
    QCOMPARE(find<QLabel>(samples, "reference").text(), text(sample.references.front()));
  }
  DesktopWindow::keep_picture(window(), QStringLiteral("first-6-samples"));
  choose_tab(0);
}

void FirstEvaluationTest::exportsAFigure() {
  RadarView& radar = results().overview().radar();
  press_button(radar, QStringLiteral("Export…"));
  auto* dialog = radar.findChild<FigureExportDialog*>();
  QVERIFY(dialog && dialog->isVisible());
  const auto folder = desktop_->home() / "figures";
  std::filesystem::create_directories(folder);
  type(find<QLineEdit>(*dialog, "figure_folder"), text(folder.string()));
  type(find<QLineEdit>(*dialog, "figure_name"), QStringLiteral("capabilities"));
  DesktopWindow::keep_picture(*dialog, QStringLiteral("first-7-figure"));
  press_button(*dialog, QStringLiteral("Write files"));
  QTRY_VERIFY(!radar.findChild<FigureExportDialog*>());
  auto pdf = read_file(folder / "capabilities.pdf");
  auto csv = read_file(folder / "capabilities.csv");
  auto caption = read_file(folder / "capabilities.txt");
  QVERIFY(pdf && csv && caption);
  QVERIFY(pdf->starts_with("%PDF-") && pdf->find("/FontFile") != std::string::npos);
  QCOMPARE(text(*csv), text(to_csv(to_table(radar_model({stored()}, RadarAxes::capabilities)))));
  QVERIFY(caption->size() > 20);
}

QTEST_MAIN(FirstEvaluationTest)
#include "first_evaluation_test.moc"
