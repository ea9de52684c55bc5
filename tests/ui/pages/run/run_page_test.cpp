#include "ui/pages/run/run_page.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>
#include <QTreeView>
#include <QtTest>

#include "tests/ui/execution/fake_server.h"
#include "tests/ui/named_widgets.h"
#include "ui/pages/run/rate_graph.h"
#include "ui/pages/run/run_jobs_model.h"
#include "ui/view_models/format.h"

using loom::RunState;
using loom::testing::fake_servers;
using loom::ui::EvaluationController;
using loom::ui::RateGraph;
using loom::ui::RunJobsModel;
using loom::ui::RunPage;
using loom::ui::Workspace;
using namespace std::chrono_literals;

class RunPageTest : public QObject, protected loom::testing::NamedWidgets {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase();
  void init();
  void cleanup();
  void showsTheSampleAtWork();
  void numbersEqualTheStore();
  void chipsFilterTheJobs();
  void buttonsPauseAndCancel();
  void waitingRunsLeaveTheLine();
  void failedSamplesAreAskedAgain();

 private:
  QWidget& acted_on() override { return *page_; }
  int64_t start(const loom::EvaluationPlan& plan, std::chrono::milliseconds pause);
  QString cell(int row, int column) {
    return find<QTreeView>("run_jobs").model()->index(row, column).data().toString();
  }

  std::unique_ptr<loom::testing::TemporaryFolder> home_;
  std::unique_ptr<Workspace> workspace_;
  std::unique_ptr<RunPage> page_;
};

void RunPageTest::initTestCase() {
  if (!loom::testing::default_model()) QSKIP("skipped: the default model has not been fetched");
}

void RunPageTest::init() {
  home_ = std::make_unique<loom::testing::TemporaryFolder>();
  qputenv("LOOMSCOPE_HOME", home_->path().c_str());
  auto opened = Workspace::open(home_->path() / "history.sqlite");
  QVERIFY(opened.has_value());
  workspace_ = std::move(*opened);
  page_ = std::make_unique<RunPage>(*workspace_);
  page_->resize(1100, 700);
  page_->show();
}

void RunPageTest::cleanup() {
  page_.reset();
  workspace_.reset();
}

int64_t RunPageTest::start(const loom::EvaluationPlan& plan, std::chrono::milliseconds pause) {
  workspace_->controller().set_server_factory(fake_servers(pause));
  const int64_t run = workspace_->controller().start(plan).value_or(0);
  page_->show_run(run);
  return run;
}

void RunPageTest::showsTheSampleAtWork() {
  const int64_t run = start(loom::testing::small_plan(), 300ms);
  QVERIFY(run > 0);
  auto& prompt = find<QPlainTextEdit>("sample_prompt");
  QTRY_VERIFY_WITH_TIMEOUT(!prompt.toPlainText().isEmpty(), 20000);
  QTRY_VERIFY_WITH_TIMEOUT(!find<QPlainTextEdit>("sample_answer").toPlainText().isEmpty(), 20000);
  QVERIFY(
      QStringLiteral("an answer").startsWith(find<QPlainTextEdit>("sample_answer").toPlainText()));
  QVERIFY(!prompt.extraSelections().isEmpty());  // the evidence
  auto& graph = find<RateGraph>("rate_graph");
  QTRY_VERIFY_WITH_TIMEOUT(!graph.points().empty(), 10000);
  page_->show_run(run);  // as when the page is opened again
  QVERIFY(!graph.points().empty());
}

void RunPageTest::numbersEqualTheStore() {
  loom::EvaluationPlan plan = loom::testing::small_plan();
  plan.benchmarks[0].tasks = {"code_words", "first_ship"};
  QSignalSpy end(&workspace_->controller(), &EvaluationController::run_ended);
  const int64_t run = start(plan, 3ms);
  QTRY_COMPARE_WITH_TIMEOUT(end.size(), 1, 30000);
  auto summary = workspace_->queries().summary(run);
  QVERIFY(summary.has_value());
  auto& list = find<QTreeView>("run_jobs");
  QTRY_COMPARE(list.model()->rowCount(), 2);
  for (int row = 0; row < 2; ++row) {
    const loom::JobSummary& job = summary->jobs.at(static_cast<size_t>(row));
    QTRY_COMPARE(cell(row, RunJobsModel::progress_column), QStringLiteral("6 of 6"));
    const QString score = loom::ui::format_score(job.score);
    QVERIFY2(cell(row, RunJobsModel::score_column).startsWith(score),
             qPrintable(cell(row, RunJobsModel::score_column)));
    QVERIFY(cell(row, RunJobsModel::score_column)
                .contains(loom::ui::format_interval(job.low, job.high)));
  }
  QTRY_COMPARE(find<QProgressBar>("run_progress").value(),
               find<QProgressBar>("run_progress").maximum());
  QTRY_COMPARE(page_->primary_action()->text(), QStringLiteral("Show results"));
}

void RunPageTest::chipsFilterTheJobs() {
  loom::EvaluationPlan plan = loom::testing::small_plan();
  plan.benchmarks[0].tasks = {"code_words", "first_ship"};
  QSignalSpy end(&workspace_->controller(), &EvaluationController::run_ended);
  const int64_t run = start(plan, 3ms);
  QTRY_COMPARE_WITH_TIMEOUT(end.size(), 1, 30000);
  auto summary = workspace_->queries().summary(run);
  QVERIFY(summary.has_value());
  size_t unparsed = 0;
  int jobs = 0;
  for (const loom::JobSummary& job : summary->jobs) {
    unparsed += job.unparsed;
    jobs += job.unparsed > 0;
  }
  auto& chip = find<QToolButton>("unparsed_chip");
  QTRY_COMPARE(chip.text(), QStringLiteral("%1 unparsed").arg(unparsed));
  QCOMPARE(chip.isVisible(), unparsed > 0);
  if (unparsed == 0) return;
  QTest::mouseClick(&chip, Qt::LeftButton);
  QCOMPARE(find<QTreeView>("run_jobs").model()->rowCount(), jobs);
  QTest::mouseClick(&chip, Qt::LeftButton);
  QCOMPARE(find<QTreeView>("run_jobs").model()->rowCount(), 2);
}

void RunPageTest::buttonsPauseAndCancel() {
  QSignalSpy end(&workspace_->controller(), &EvaluationController::run_ended);
  QVERIFY(start(loom::testing::small_plan(), 150ms) > 0);
  QCOMPARE(page_->primary_action()->text(), QStringLiteral("Pause"));
  page_->primary_action()->trigger();
  QVERIFY(workspace_->controller().is_paused());
  QCOMPARE(page_->primary_action()->text(), QStringLiteral("Resume"));
  page_->primary_action()->trigger();
  QVERIFY(!workspace_->controller().is_paused());
  QTest::mouseClick(&find<QPushButton>("cancel_run"), Qt::LeftButton);
  QTRY_COMPARE_WITH_TIMEOUT(end.size(), 1, 20000);
  QCOMPARE(end.at(0).at(1).value<RunState>(), RunState::cancelled);
  QCOMPARE(page_->primary_action()->text(), QStringLiteral("Resume"));
}

void RunPageTest::waitingRunsLeaveTheLine() {
  EvaluationController& controller = workspace_->controller();
  QVERIFY(start(loom::testing::small_plan(), 150ms) > 0);
  const int64_t waiting = start(loom::testing::small_plan(), 150ms);
  QVERIFY(controller.is_waiting(waiting));
  auto& leave = find<QPushButton>("cancel_run");
  QVERIFY(leave.isVisible());
  QCOMPARE(leave.text(), QStringLiteral("Take out of line"));
  leave.setFocus();
  QTest::keyClick(&leave, Qt::Key_Space);
  QVERIFY(!controller.is_waiting(waiting));
  QVERIFY(controller.current_run().has_value());  // the other one goes on
  QTRY_VERIFY(find<QLabel>("run_state").text().contains(QStringLiteral("Cancelled")));
  QVERIFY(!leave.isVisible());
  QCOMPARE(page_->primary_action()->text(), QStringLiteral("Resume"));
  QVERIFY(page_->primary_action()->isEnabled());
}

void RunPageTest::failedSamplesAreAskedAgain() {
  EvaluationController& controller = workspace_->controller();
  QSignalSpy end(&controller, &EvaluationController::run_ended);
  controller.set_server_factory(fake_servers(3ms, 2));
  const int64_t run = controller.start(loom::testing::small_plan()).value_or(0);
  page_->show_run(run);
  QTRY_COMPARE_WITH_TIMEOUT(end.size(), 1, 20000);
  auto& again = find<QPushButton>("ask_failed_again");
  QTRY_VERIFY(again.isVisible());
  QTRY_VERIFY(find<QLabel>("failure_reasons").text().contains(QStringLiteral("2 failed")));
  controller.set_server_factory(fake_servers(150ms));
  again.setFocus();
  QTest::keyClick(&again, Qt::Key_Space);
  QVERIFY(controller.current_run() == run);
  QVERIFY(!again.isVisible());
  QTRY_COMPARE_WITH_TIMEOUT(end.size(), 2, 20000);
  QCOMPARE(end.at(1).at(1).value<RunState>(), RunState::finished);
  QTRY_VERIFY(!find<QLabel>("failure_reasons").isVisible());
  QVERIFY(!again.isVisible());
  QVERIFY(!controller.resume(run, loom::Asked::unfinished_and_failed));  // nothing is left
}

QTEST_MAIN(RunPageTest)
#include "run_page_test.moc"
