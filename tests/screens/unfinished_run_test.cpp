// What there is of a run that was not finished: results, samples of a job, reasons of failures.
#include "app/desktop/unfinished_run.h"

#include <QComboBox>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTimer>
#include <QTreeView>
#include <QtTest>

#include "tests/screens/desktop_window.h"
#include "tests/screens/screen_checks.h"
#include "tests/support/patience.h"
#include "tests/ui/execution/fake_server.h"
#include "tests/ui/named_widgets.h"
#include "tests/ui/stored_runs.h"
#include "ui/pages/results/results_page.h"
#include "ui/pages/run/run_page.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/shell/message_bar.h"

using namespace loom;
using namespace loom::ui;
using loom::testing::DesktopWindow;
using loom::testing::RunRecipe;

namespace {
constexpr size_t kJobs = 7, kDone = 5, kLeft = 3;  // of each job
}

class UnfinishedRunTest : public QObject, protected loom::testing::NamedWidgets {
  Q_OBJECT
 private Q_SLOTS:
  void init();
  void cleanup() { desktop_.reset(); }
  void endedRunsOpenTheirResults_data();
  void endedRunsOpenTheirResults();
  void pausedRunsOpenTheirProgress();
  void resultsLeadToProgress();
  void jobsOpenTheirSamples();
  void failuresSayWhy();
  void nothingFinishedOffersNoResults();
  void theNextStartOffersWhatWasAtWork();
  void closingAsksWhileARunIsAtWork();

 private:
  MainWindow& window() { return desktop_->window(); }
  QWidget& acted_on() override { return window(); }
  ResultsPage& results() {
    return *static_cast<ResultsPage*>(window().page(QStringLiteral("results")));
  }
  qint64 store(RunState state, size_t left = kLeft, const std::string& message = "");
  void open_from_the_list(qint64 run);
  void close_and_answer(const QString& words, QString& asked);

  std::unique_ptr<DesktopWindow> desktop_;
  std::unique_ptr<Theme> theme_;
};

void UnfinishedRunTest::init() {
  desktop_ = std::make_unique<DesktopWindow>();
  if (!theme_) theme_ = std::make_unique<Theme>(*qApp);
  QVERIFY(desktop_->open(*theme_).has_value());
  QVERIFY(QTest::qWaitForWindowActive(&window()));
}

qint64 UnfinishedRunTest::store(RunState state, size_t left, const std::string& message) {
  RunRecipe recipe;
  recipe.left = left;
  const qint64 run = loom::testing::store_run(desktop_->workspace().store(), recipe);
  const bool stored = desktop_->workspace().store().set_state(run, state, message).has_value();
  Q_EMIT desktop_->workspace().runs_changed();
  return stored ? run : 0;
}

// With the keyboard, as a user without a mouse does.
void UnfinishedRunTest::open_from_the_list(qint64 run) {
  window().show_page(QStringLiteral("runs"));
  auto& runs = *static_cast<RunsPage*>(window().page(QStringLiteral("runs")));
  auto& table = find<QTableView>("runs");
  table.setFocus();
  table.selectRow(runs.model().row_of(run));
  QTest::keyClick(&table, Qt::Key_Return);
}

void UnfinishedRunTest::endedRunsOpenTheirResults_data() {
  QTest::addColumn<int>("state");
  QTest::addRow("cancelled") << static_cast<int>(RunState::cancelled);
  QTest::addRow("failed") << static_cast<int>(RunState::failed);
}

void UnfinishedRunTest::endedRunsOpenTheirResults() {
  QFETCH(int, state);
  const qint64 run = store(static_cast<RunState>(state));
  QSignalSpy loaded(&results(), &ResultsPage::loaded);
  open_from_the_list(run);
  QCOMPARE(window().current_page_id(), QStringLiteral("results"));
  QTRY_VERIFY_WITH_TIMEOUT(loaded.size() > 0, loom::testing::patient(20'000));
  auto& partial = find<QLabel>("partial_results");
  QVERIFY(partial.isVisible());
  QVERIFY2(partial.text().contains(
               QStringLiteral("%1 of %2 samples").arg(kJobs * kDone).arg(kJobs * (kDone + kLeft))),
           qPrintable(partial.text()));
  DesktopWindow::keep_picture(window(), QStringLiteral("unfinished-results"));
  QVERIFY(loom::testing::nameless_widgets(window()).isEmpty());
  QVERIFY(loom::testing::unreachable_widgets(window()).isEmpty());
}

void UnfinishedRunTest::pausedRunsOpenTheirProgress() {
  const qint64 run = store(RunState::paused);
  open_from_the_list(run);
  QCOMPARE(window().current_page_id(), QStringLiteral("run"));
  auto& so_far = find<QPushButton>("results_so_far");
  QTRY_VERIFY_WITH_TIMEOUT(so_far.isVisible(), loom::testing::patient(20'000));
  so_far.setFocus();
  QTest::keyClick(&so_far, Qt::Key_Space);
  QCOMPARE(window().current_page_id(), QStringLiteral("results"));
  QCOMPARE(results().run(), run);
}

void UnfinishedRunTest::resultsLeadToProgress() {
  const qint64 run = store(RunState::cancelled);
  Q_EMIT window().run_requested(run);
  auto& progress = find<QPushButton>("show_progress");
  QTRY_VERIFY_WITH_TIMEOUT(progress.isVisible(), loom::testing::patient(20'000));
  QTest::mouseClick(&progress, Qt::LeftButton);
  QCOMPARE(window().current_page_id(), QStringLiteral("run"));
  QTRY_COMPARE(window().page(QStringLiteral("run"))->primary_action()->text(),
               QStringLiteral("Resume"));
  // A finished run has no such bar.
  const qint64 whole = store(RunState::finished, 0);
  QSignalSpy loaded(&results(), &ResultsPage::loaded);
  Q_EMIT window().run_requested(whole);
  QTRY_VERIFY_WITH_TIMEOUT(loaded.size() > 0, loom::testing::patient(20'000));
  QVERIFY(!find<QLabel>("partial_results").isVisible());
}

void UnfinishedRunTest::jobsOpenTheirSamples() {
  const qint64 run = store(RunState::paused);
  Q_EMIT window().run_requested(run);
  auto& jobs = find<QTreeView>("run_jobs");
  QTRY_COMPARE_WITH_TIMEOUT(size_t(jobs.model()->rowCount()), kJobs,
                            loom::testing::patient(20'000));
  constexpr int kChosen = 3;  // ordered_list
  jobs.setFocus();
  jobs.setCurrentIndex(jobs.model()->index(kChosen, 0));
  QSignalSpy loaded(&results(), &ResultsPage::loaded);
  QTest::keyClick(&jobs, Qt::Key_Return);
  QCOMPARE(window().current_page_id(), QStringLiteral("results"));
  QTRY_VERIFY_WITH_TIMEOUT(loaded.size() > 0, loom::testing::patient(20'000));
  QCOMPARE(find<QTabWidget>("results_tabs").currentIndex(), 3);
  QVERIFY(find<QComboBox>("scope").currentText().contains(QStringLiteral("ordered_list")));
  QCOMPARE(size_t(find<QTableView>("samples").model()->rowCount()), kDone);
}

void UnfinishedRunTest::failuresSayWhy() {
  const qint64 run = store(RunState::failed, kLeft, "the model file is gone");
  Q_EMIT window().progress_requested(run);
  auto& reasons = find<QLabel>("failure_reasons");
  QTRY_VERIFY_WITH_TIMEOUT(reasons.text().contains(QStringLiteral("the engine stopped")),
                           loom::testing::patient(20'000));
  QVERIFY(reasons.isVisible());
  QVERIFY(reasons.text().startsWith(QStringLiteral("the model file is gone\n")));
  QVERIFY2(reasons.text().contains(QStringLiteral("%1 failed").arg(kJobs)),  // one of each job
           qPrintable(reasons.text()));
  QVERIFY(reasons.text().contains(QStringLiteral("Run it again")));
  DesktopWindow::keep_picture(window(), QStringLiteral("unfinished-failures"));
  QVERIFY(loom::testing::clipped_texts(window()).isEmpty());
}

// A later run that was cancelled, or that only waited, does not hide it.
void UnfinishedRunTest::theNextStartOffersWhatWasAtWork() {
  desktop::offer_unfinished_run(window(), desktop_->workspace());
  QVERIFY(window().message_bar().sentence().isEmpty());
  const qint64 at_work = store(RunState::paused);
  QVERIFY(desktop_->workspace().store().rename(at_work, "At work").has_value());
  QVERIFY(store(RunState::created, kDone + kLeft) > at_work);
  QVERIFY(store(RunState::cancelled) > at_work);
  desktop::offer_unfinished_run(window(), desktop_->workspace());
  const QString sentence = window().message_bar().sentence();
  QVERIFY2(sentence.contains(QStringLiteral("“At work” stopped after %1 of %2 samples")
                                 .arg(kJobs * kDone)
                                 .arg(kJobs * (kDone + kLeft))),
           qPrintable(sentence));
}

void UnfinishedRunTest::close_and_answer(const QString& words, QString& asked) {
  QTimer::singleShot(0, [&asked, words] {
    auto* question = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
    if (!question) return;
    asked = question->text();
    for (QAbstractButton* button : question->buttons())
      if (button->text() == words) return button->click();
  });
  window().close();
}

void UnfinishedRunTest::closingAsksWhileARunIsAtWork() {
  if (!loom::testing::default_model()) QSKIP("skipped: the default model has not been fetched");
  EvaluationController& controller = desktop_->workspace().controller();
  controller.set_server_factory(loom::testing::fake_servers(std::chrono::milliseconds(600)));
  const qint64 run = controller.start(loom::testing::small_plan()).value_or(0);
  QVERIFY(run > 0);
  QSignalSpy finished(&controller, &EvaluationController::sample_finished);
  QTRY_VERIFY_WITH_TIMEOUT(!finished.isEmpty(), loom::testing::patient(30'000));
  QString asked;
  close_and_answer(QStringLiteral("Keep running"), asked);
  QVERIFY2(asked.contains(QStringLiteral("at the next start")), qPrintable(asked));
  QVERIFY(window().isVisible());
  QCOMPARE(controller.current_run().value_or(0), run);
  close_and_answer(QStringLiteral("Close"), asked);
  QVERIFY(!window().isVisible());
  desktop_->close();
  QVERIFY(desktop_->open(*theme_).has_value());
  const auto row = desktop_->workspace().queries().run(run);
  QVERIFY(row->state == RunState::paused);
  QVERIFY(row->samples_done > 0 && row->samples_done < row->samples_planned);
  desktop::offer_unfinished_run(window(), desktop_->workspace());
  QVERIFY2(
      window().message_bar().sentence().contains(QStringLiteral("stopped after %1 of %2 samples")
                                                     .arg(row->samples_done)
                                                     .arg(row->samples_planned)),
      qPrintable(window().message_bar().sentence()));
}

void UnfinishedRunTest::nothingFinishedOffersNoResults() {
  const qint64 run = store(RunState::cancelled, kDone + kLeft);
  open_from_the_list(run);
  QCOMPARE(window().current_page_id(), QStringLiteral("run"));
  QTRY_VERIFY(find<QLabel>("run_state").text().contains(QStringLiteral("0 of")));
  QVERIFY(!find<QPushButton>("results_so_far").isVisible());
}

QTEST_MAIN(UnfinishedRunTest)
#include "unfinished_run_test.moc"
