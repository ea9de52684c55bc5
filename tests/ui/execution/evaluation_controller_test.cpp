#include "ui/execution/evaluation_controller.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QtTest>

#include "tests/ui/execution/fake_server.h"

using loom::RunState;
using loom::testing::fake_servers;
using loom::testing::small_plan;
using loom::ui::EvaluationController;
using loom::ui::Workspace;
using namespace std::chrono_literals;

class EvaluationControllerTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase();
  void init();
  void cleanup();
  void runsToTheEnd();
  void progressComesTenTimesASecond();
  void pauseHolds();
  void cancelKeepsWhatIsFinished();
  void runsWaitInLine();
  void runsTakenOutOfLineDoNotStart();
  void closingKeepsWhatIsFinished();
  void serverThatCannotStart();
  void newestEstimateWins();

 private:
  EvaluationController& controller() { return workspace_->controller(); }
  int64_t start(const loom::EvaluationPlan& plan);
  RunState ended(QSignalSpy& spy);

  std::unique_ptr<loom::testing::TemporaryFolder> home_;
  std::unique_ptr<Workspace> workspace_;
};

void EvaluationControllerTest::initTestCase() {
  if (!loom::testing::default_model()) QSKIP("skipped: the default model has not been fetched");
}

void EvaluationControllerTest::init() {
  home_ = std::make_unique<loom::testing::TemporaryFolder>();
  qputenv("LOOMSCOPE_HOME", home_->path().c_str());
  auto opened = Workspace::open(home_->path() / "history.sqlite");
  QVERIFY2(opened.has_value(), opened ? "" : describe(opened.error()).c_str());
  workspace_ = std::move(*opened);
}

void EvaluationControllerTest::cleanup() {
  workspace_.reset();
  home_.reset();
}

int64_t EvaluationControllerTest::start(const loom::EvaluationPlan& plan) {
  auto run = controller().start(plan);
  if (!run) qWarning("%s", describe(run.error()).c_str());
  return run.value_or(0);
}

RunState EvaluationControllerTest::ended(QSignalSpy& spy) {
  if (spy.isEmpty()) spy.wait(30000);
  return spy.isEmpty() ? RunState::created : spy.takeFirst().at(1).value<RunState>();
}

void EvaluationControllerTest::runsToTheEnd() {
  controller().set_server_factory(fake_servers(3ms));
  QSignalSpy end(&controller(), &EvaluationController::run_ended);
  QSignalSpy finished(&controller(), &EvaluationController::sample_finished);
  QSignalSpy changed(workspace_.get(), &Workspace::runs_changed);
  const int64_t run = start(small_plan());
  QVERIFY(run > 0);
  QCOMPARE(controller().current_run().value_or(0), run);
  QCOMPARE(ended(end), RunState::finished);
  QCOMPARE(finished.size(), 6);
  QCOMPARE(controller().progress().samples_done, size_t{6});
  QVERIFY(!controller().current_run());
  QVERIFY(changed.size() >= 2);
  auto summary = workspace_->queries().summary(run);
  QVERIFY(summary.has_value());
  QCOMPARE(summary->jobs.at(0).scored + summary->jobs.at(0).unparsed, size_t{6});
  QVERIFY(!controller().resume(run));  // nothing is left to do
}

void EvaluationControllerTest::progressComesTenTimesASecond() {
  controller().set_server_factory(fake_servers(90ms));
  QSignalSpy end(&controller(), &EvaluationController::run_ended);
  QSignalSpy progress(&controller(), &EvaluationController::progressed);
  QSignalSpy token(&controller(), &EvaluationController::token);
  QElapsedTimer clock;
  clock.start();
  QVERIFY(start(small_plan()) > 0);
  QCOMPARE(ended(end), RunState::finished);
  QVERIFY(progress.size() >= 2);
  QVERIFY2(progress.size() <= clock.elapsed() / 100 + 2,
           qPrintable(QString::number(progress.size())));
  QString answers;
  for (const auto& piece : token) answers += piece.at(0).toString();
  QCOMPARE(answers, QStringLiteral("an answer").repeated(6));
}

void EvaluationControllerTest::pauseHolds() {
  controller().set_server_factory(fake_servers(60ms));
  QSignalSpy end(&controller(), &EvaluationController::run_ended);
  QSignalSpy finished(&controller(), &EvaluationController::sample_finished);
  const int64_t run = start(small_plan());
  QTRY_VERIFY_WITH_TIMEOUT(!finished.isEmpty(), 20000);
  controller().set_paused(true);
  QVERIFY(controller().is_paused());
  QCOMPARE(workspace_->queries().run(run)->state, RunState::paused);
  QTest::qWait(400);  // what was at work may still end
  const auto before = finished.size();
  QTest::qWait(500);
  QCOMPARE(finished.size(), before);
  QVERIFY(before < 6);
  controller().set_paused(false);
  QCOMPARE(ended(end), RunState::finished);
  QCOMPARE(finished.size(), 6);
}

void EvaluationControllerTest::cancelKeepsWhatIsFinished() {
  controller().set_server_factory(fake_servers(60ms));
  QSignalSpy end(&controller(), &EvaluationController::run_ended);
  QSignalSpy finished(&controller(), &EvaluationController::sample_finished);
  const int64_t run = start(small_plan());
  QTRY_VERIFY_WITH_TIMEOUT(!finished.isEmpty(), 20000);
  controller().cancel();
  QCOMPARE(ended(end), RunState::cancelled);
  auto row = workspace_->queries().run(run);
  QVERIFY(row.has_value());
  QCOMPARE(row->state, RunState::cancelled);
  QCOMPARE(row->samples_done, static_cast<size_t>(finished.size()));
  QVERIFY(row->samples_done < 6);
  QVERIFY(controller().resume(run).has_value());
  QCOMPARE(ended(end), RunState::finished);
  QCOMPARE(finished.size(), 6);
  QCOMPARE(workspace_->queries().run(run)->samples_done, size_t{6});
}

void EvaluationControllerTest::runsWaitInLine() {
  controller().set_server_factory(fake_servers(3ms));
  QSignalSpy end(&controller(), &EvaluationController::run_ended);
  const int64_t first = start(small_plan()), second = start(small_plan());
  QVERIFY(first != second);
  QVERIFY(controller().is_waiting(second));
  QCOMPARE(controller().waiting(), size_t{1});
  QTRY_COMPARE_WITH_TIMEOUT(end.size(), 2, 30000);
  QCOMPARE(end.at(0).at(0).toLongLong(), first);
  QCOMPARE(end.at(1).at(0).toLongLong(), second);
}

void EvaluationControllerTest::runsTakenOutOfLineDoNotStart() {
  controller().set_server_factory(fake_servers(30ms));
  QSignalSpy end(&controller(), &EvaluationController::run_ended);
  const int64_t first = start(small_plan()), second = start(small_plan()),
                third = start(small_plan());
  QSignalSpy line(&controller(), &EvaluationController::line_changed);
  controller().take_from_line(first);  // is at work, not in line
  QCOMPARE(line.size(), 0);
  controller().take_from_line(second);
  QCOMPARE(line.size(), 1);
  QVERIFY(!controller().is_waiting(second));
  QCOMPARE(workspace_->queries().run(second)->state, RunState::cancelled);
  QTRY_COMPARE_WITH_TIMEOUT(end.size(), 2, 30000);
  QCOMPARE(end.at(0).at(0).toLongLong(), first);
  QCOMPARE(end.at(1).at(0).toLongLong(), third);
  QCOMPARE(workspace_->queries().run(second)->samples_done, size_t{0});
  QVERIFY(controller().resume(second).has_value());  // it can still be run
  QTRY_COMPARE_WITH_TIMEOUT(end.size(), 3, 30000);
  QCOMPARE(workspace_->queries().run(second)->state, RunState::finished);
}

void EvaluationControllerTest::closingKeepsWhatIsFinished() {
  controller().set_server_factory(fake_servers(60ms));
  QSignalSpy finished(&controller(), &EvaluationController::sample_finished);
  const int64_t run = start(small_plan());
  QTRY_VERIFY_WITH_TIMEOUT(!finished.isEmpty(), 20000);
  QElapsedTimer clock;
  clock.start();
  workspace_.reset();
  QVERIFY(clock.elapsed() < 5000);
  auto again = Workspace::open(home_->path() / "history.sqlite");
  QVERIFY(again.has_value());
  auto row = (*again)->queries().run(run);
  QVERIFY(row.has_value());
  QCOMPARE(row->state, RunState::paused);
  QVERIFY(row->samples_done >= 1 && row->samples_done < 6);
}

void EvaluationControllerTest::serverThatCannotStart() {
  controller().set_server_factory(
      [](const loom::PlanMethod&,
         const std::string&) -> loom::Result<std::unique_ptr<loom::ModelServer>> {
        return loom::Error{loom::ErrorKind::server, "no such engine", "test", ""};
      });
  QSignalSpy end(&controller(), &EvaluationController::run_ended);
  const int64_t run = start(small_plan());
  QCOMPARE(ended(end), RunState::finished_with_failures);
  QCOMPARE(workspace_->queries().run(run)->samples_failed, size_t{6});
}

void EvaluationControllerTest::newestEstimateWins() {
  QSignalSpy estimated(&controller(), &EvaluationController::estimated);
  QSignalSpy failed(&controller(), &EvaluationController::estimate_failed);
  loom::EvaluationPlan older = small_plan(), newer = small_plan();
  newer.benchmarks[0].samples = 4;
  controller().estimate(older, false);
  controller().estimate(newer, false);
  QTRY_VERIFY_WITH_TIMEOUT(!estimated.isEmpty(), 30000);
  QTest::qWait(300);
  QCOMPARE(estimated.size(), 1);
  QCOMPARE(failed.size(), 0);
  QCOMPARE(estimated.at(0).at(0).value<loom::RunEstimate>().samples, size_t{4});
}

QTEST_GUILESS_MAIN(EvaluationControllerTest)
#include "evaluation_controller_test.moc"
