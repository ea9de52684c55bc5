// A plan with every benchmark, dropped onto the window and run to its end on the tests' small
// files. The engine is a stand-in: what is tried is everything around the model.
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QProcess>
#include <QPushButton>
#include <QtTest>

#include "core/evaluation/job.h"
#include "tests/screens/desktop_window.h"
#include "tests/support/patience.h"
#include "tests/ui/named_widgets.h"
#include "ui/wizards/evaluation_wizard.h"

using namespace loom;
using namespace loom::ui;
using loom::testing::DesktopWindow;

class WholeSuiteTest : public QObject, protected loom::testing::NamedWidgets {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase();
  void opensWithNothingLost();
  void runsToTheEnd();
  void cleanupTestCase() { desktop_.reset(); }

 private:
  MainWindow& window() { return desktop_->window(); }
  QWidget& acted_on() override { return window(); }
  EvaluationWizard* wizard() { return window().findChild<EvaluationWizard*>(); }

  std::unique_ptr<DesktopWindow> desktop_;
  std::unique_ptr<Theme> theme_;
  QString plan_;
};

void WholeSuiteTest::initTestCase() {
  desktop_ = std::make_unique<DesktopWindow>();
  if (!loom::testing::default_model()) QSKIP("skipped: the default model has not been fetched");
  const auto cli = loom::testing::source_folder() / "tests/app/cli";
  QProcess writer;
  writer.start(QStringLiteral("python3"),
               {QString::fromStdString((cli / "whole_suite.py").string()),
                QString::fromStdString(loom::testing::default_model()->string()),
                QString::fromStdString(desktop_->home().string()), QStringLiteral("--write-only")});
  if (!writer.waitForFinished(60'000) || writer.exitCode() != 0)
    QSKIP("skipped: no Python to write the plan with");
  plan_ = QString::fromStdString((desktop_->home() / "all.plan.json").string());
  qputenv("LOOMSCOPE_ENGINE", (cli / "stand_in_engine.py").c_str());
  theme_ = std::make_unique<Theme>(*qApp);
  const Status opened = desktop_->open(*theme_);
  QVERIFY2(opened.has_value(), opened ? "" : describe(opened.error()).c_str());
  QVERIFY(QTest::qWaitForWindowActive(&window()));
}

void WholeSuiteTest::opensWithNothingLost() {
  QMimeData dragged;
  dragged.setUrls({QUrl::fromLocalFile(plan_)});
  QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &dragged, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&window(), &enter);
  QDropEvent drop(QPointF(300, 300), Qt::CopyAction, &dragged, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&window(), &drop);
  QVERIFY(wizard());
  auto& problems = *wizard()->findChild<QLabel*>(QStringLiteral("plan_problems"));
  QTRY_VERIFY_WITH_TIMEOUT(wizard()->current_step() == wizard()->step_count() - 1,
                           loom::testing::patient(30'000));
  QVERIFY2(problems.text().isEmpty(), qPrintable(problems.text()));
  const auto& words = *wizard()->findChild<QLabel*>(QStringLiteral("review_benchmarks"));
  QVERIFY(words.text().count(QLatin1Char('\n')) > 20);  // and all of them are seen
  QTRY_VERIFY(words.height() >= words.heightForWidth(words.width()));
  const auto plan = read_plan(plan_.toStdString());
  QVERIFY(plan.has_value());
  const EvaluationPlan entered = wizard()->plan();
  QCOMPARE(entered.benchmarks.size(), plan->benchmarks.size());
  QCOMPARE(unroll(entered, desktop_->workspace().catalog())->size(),
           unroll(*plan, desktop_->workspace().catalog())->size());
}

void WholeSuiteTest::runsToTheEnd() {
  const size_t jobs = unroll(wizard()->plan(), desktop_->workspace().catalog())->size();
  QVERIFY(jobs > 250);
  QTest::mouseClick(wizard()->findChild<QPushButton*>(QStringLiteral("wizard_next")),
                    Qt::LeftButton);
  QTRY_COMPARE(window().current_page_id(), QStringLiteral("run"));
  const auto& action = find<QPushButton>("page_primary");
  QTRY_COMPARE_WITH_TIMEOUT(action.text(), QStringLiteral("Show results"),
                            loom::testing::patient(240'000));
  const auto rows = desktop_->workspace().queries().runs({}, 0, 10);
  QCOMPARE(rows->size(), size_t{1});
  QVERIFY(rows->front().state == RunState::finished);
  const RunSummary summary = *desktop_->workspace().queries().summary(rows->front().id);
  QCOMPARE(summary.jobs.size(), jobs);
  for (const JobSummary& job : summary.jobs) {
    const std::string name = job.job.benchmark_id + "/" + job.job.task;
    QVERIFY2(job.failed == 0, name.c_str());
    QVERIFY2(job.scored + job.unparsed == 1, name.c_str());
  }
  DesktopWindow::keep_picture(window(), QStringLiteral("whole-suite-run"));
}

QTEST_MAIN(WholeSuiteTest)
#include "whole_suite_test.moc"
