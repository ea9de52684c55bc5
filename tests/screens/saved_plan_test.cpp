// A plan on its way into the window: dropped, asked for, out of the list of recent plans, and out
// of a run of the history.
#include <QDropEvent>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QTreeWidget>
#include <QtTest>

#include "core/base/text_file.h"
#include "tests/screens/desktop_window.h"
#include "tests/screens/screen_checks.h"
#include "tests/support/patience.h"
#include "tests/ui/named_widgets.h"
#include "tests/ui/stored_runs.h"
#include "ui/pages/results/results_page.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/shell/message_bar.h"
#include "ui/wizards/evaluation_wizard.h"

using namespace loom;
using namespace loom::ui;
using loom::testing::DesktopWindow;
using loom::testing::RunRecipe;

class SavedPlanTest : public QObject, protected loom::testing::NamedWidgets {
  Q_OBJECT
 private Q_SLOTS:
  void init();
  void cleanup() { desktop_.reset(); }
  void droppedPlansOpen();
  void otherFilesAreNotTaken();
  void askedForByKey();
  void missingPlansAreGreyAndGo();
  void newerPlansSaySo();
  void runsAreSetUpAgain();
  void resultsAreSetUpAgain();

 private:
  MainWindow& window() { return desktop_->window(); }
  QWidget& acted_on() override { return window(); }
  EvaluationWizard* wizard() { return window().findChild<EvaluationWizard*>(); }
  QString write_plan(const QString& name, int format = 1);
  bool drop(const QString& file);
  void show_plans();
  void close_wizard();

  std::unique_ptr<DesktopWindow> desktop_;
  std::unique_ptr<Theme> theme_;
};

void SavedPlanTest::init() {
  desktop_ = std::make_unique<DesktopWindow>();
  QSettings().clear();
  if (!theme_) theme_ = std::make_unique<Theme>(*qApp);
  QVERIFY(desktop_->open(*theme_).has_value());
  QVERIFY(QTest::qWaitForWindowActive(&window()));
}

QString SavedPlanTest::write_plan(const QString& name, int format) {
  EvaluationPlan plan = starter_plan("/nowhere/gone.gguf");
  plan.name = "Kept plan";
  nlohmann::json json = to_json(plan);
  json["format"] = format;
  const auto file = desktop_->home() / name.toStdString();
  return write_file(file, json.dump()) ? QString::fromStdString(file.string()) : QString();
}

bool SavedPlanTest::drop(const QString& file) {
  QMimeData dragged;
  dragged.setUrls({QUrl::fromLocalFile(file)});
  QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &dragged, Qt::LeftButton, Qt::NoModifier);
  enter.ignore();
  QApplication::sendEvent(&window(), &enter);
  if (!enter.isAccepted()) return false;
  QDropEvent drop(QPointF(300, 300), Qt::CopyAction, &dragged, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&window(), &drop);
  return true;
}

void SavedPlanTest::show_plans() {
  window().show_page(QStringLiteral("evaluate"));
  find<QTabWidget>("recent_tabs").setCurrentIndex(1);
}

void SavedPlanTest::close_wizard() {
  QVERIFY(wizard());
  QTest::keyClick(wizard(), Qt::Key_Escape);
  QTRY_VERIFY(!wizard());
}

void SavedPlanTest::droppedPlansOpen() {
  window().show_page(QStringLiteral("models"));
  QVERIFY(drop(write_plan(QStringLiteral("kept.json"))));
  QCOMPARE(window().current_page_id(), QStringLiteral("evaluate"));
  QVERIFY(wizard() && wizard()->isVisible());
  QCOMPARE(wizard()->plan().name.c_str(), "Kept plan");
  QCOMPARE(wizard()->plan().benchmarks.at(0).id.c_str(), "starter");
  auto& problems = *wizard()->findChild<QLabel*>(QStringLiteral("plan_problems"));
  QTRY_VERIFY_WITH_TIMEOUT(problems.isVisible(),
                           loom::testing::patient(20'000));  // its model is not there
  QCOMPARE(wizard()->current_step(), 1);
  QVERIFY(problems.text().contains(QStringLiteral("gone.gguf")));
  DesktopWindow::keep_picture(*wizard(), QStringLiteral("opened-plan"));
  close_wizard();
  show_plans();
  auto& list = find<QTreeWidget>("recent_plans");
  QCOMPARE(list.topLevelItemCount(), 1);
  QCOMPARE(list.topLevelItem(0)->text(0), QStringLiteral("Kept plan"));
  list.setFocus();
  QTest::keyClick(&list, Qt::Key_Return);
  QVERIFY(wizard() && wizard()->isVisible());
  close_wizard();
  DesktopWindow::keep_picture(window(), QStringLiteral("recent-plans"));
  QVERIFY(loom::testing::nameless_widgets(window()).isEmpty());
  QVERIFY(loom::testing::unreachable_widgets(window()).isEmpty());
  QVERIFY(loom::testing::clipped_texts(window()).isEmpty());
}

void SavedPlanTest::otherFilesAreNotTaken() {
  const auto picture = desktop_->home() / "picture.png";
  QVERIFY(write_file(picture, "no plan"));
  QVERIFY(!drop(QString::fromStdString(picture.string())));
  QVERIFY(!drop(QStringLiteral("/nowhere/plan.json")));
  QVERIFY(!wizard());
}

void SavedPlanTest::askedForByKey() {
  const QString file = write_plan(QStringLiteral("asked.json"));
  QTest::keyClick(&window(), Qt::Key_O, Qt::ControlModifier);
  auto* dialog = window().findChild<QFileDialog*>(QStringLiteral("open_plan_dialog"));
  QVERIFY(dialog && dialog->isVisible());
  auto* name = dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
  QVERIFY(name);
  name->setText(file);
  QTest::keyClick(name, Qt::Key_Return);
  QTRY_VERIFY(wizard() && wizard()->isVisible());
  QCOMPARE(wizard()->plan().name.c_str(), "Kept plan");
  close_wizard();
}

void SavedPlanTest::missingPlansAreGreyAndGo() {
  const QString file = write_plan(QStringLiteral("short-lived.json"));
  QVERIFY(drop(file));
  close_wizard();
  QVERIFY(QFile::remove(file));
  show_plans();
  QTest::keyClick(&window(), Qt::Key_F5);
  auto& list = find<QTreeWidget>("recent_plans");
  QCOMPARE(list.topLevelItemCount(), 1);
  QVERIFY(list.topLevelItem(0)->text(2).startsWith(QStringLiteral("missing")));
  QCOMPARE(list.topLevelItem(0)->foreground(0).color(),
           window().palette().color(QPalette::Disabled, QPalette::Text));
  QVERIFY(!find<QPushButton>("open_recent_plan").isEnabled());
  DesktopWindow::keep_picture(window(), QStringLiteral("missing-plan"));
  window().activateWindow();
  QVERIFY(QTest::qWaitForWindowActive(&window()));
  list.setFocus();
  QTest::keyClick(&list, Qt::Key_Return);  // opens nothing
  QVERIFY(!wizard());
  QTest::keyClick(&list, Qt::Key_Delete);
  QCOMPARE(list.topLevelItemCount(), 0);
}

void SavedPlanTest::newerPlansSaySo() {
  QVERIFY(drop(write_plan(QStringLiteral("newer.json"), 2)));
  QVERIFY(!wizard());
  QVERIFY2(window().message_bar().sentence().contains(QStringLiteral("newer than this program")),
           qPrintable(window().message_bar().sentence()));
}

void SavedPlanTest::runsAreSetUpAgain() {
  const qint64 run = loom::testing::store_run(desktop_->workspace().store(), RunRecipe{});
  window().show_page(QStringLiteral("runs"));
  auto& runs = *static_cast<RunsPage*>(window().page(QStringLiteral("runs")));
  auto& table = find<QTableView>("runs");
  table.setFocus();
  table.selectRow(runs.model().row_of(run));
  find<QAction>("again").trigger();
  QVERIFY(wizard() && wizard()->isVisible());
  QCOMPARE(wizard()->plan().name.c_str(), "Baseline");
  QCOMPARE(wizard()->plan().benchmarks.size(), size_t{2});
  close_wizard();
}

void SavedPlanTest::resultsAreSetUpAgain() {
  const qint64 run = loom::testing::store_run(desktop_->workspace().store(), RunRecipe{});
  auto& results = *static_cast<ResultsPage*>(window().page(QStringLiteral("results")));
  QSignalSpy loaded(&results, &ResultsPage::loaded);
  Q_EMIT window().run_requested(run);
  QTRY_VERIFY_WITH_TIMEOUT(loaded.size() > 0, loom::testing::patient(20'000));
  QTest::mouseClick(&find<QToolButton>("run_again"), Qt::LeftButton);
  QVERIFY(wizard() && wizard()->isVisible());
  QCOMPARE(wizard()->plan().name.c_str(), "Baseline");
  close_wizard();
}

QTEST_MAIN(SavedPlanTest)
#include "saved_plan_test.moc"
