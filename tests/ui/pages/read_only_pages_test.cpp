// What would change a history that can only be read is disabled on every page, with the reason.
#include <QPushButton>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>

#include "tests/support/test_folders.h"
#include "tests/support/write_protected.h"
#include "tests/ui/stored_runs.h"
#include "ui/execution/workspace.h"
#include "ui/pages/benchmarks/benchmarks_page.h"
#include "ui/pages/evaluate/evaluate_page.h"
#include "ui/pages/results/results_page.h"
#include "ui/pages/run/run_page.h"
#include "ui/pages/runs/runs_page.h"

using namespace loom;
using namespace loom::ui;

namespace {
const QString kReason = QStringLiteral("only be read");
}

class ReadOnlyPagesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    qputenv("LOOMSCOPE_HOME", folder_.path().c_str());
    const auto file = folder_.path() / "history.sqlite";
    {
      auto workspace = Workspace::open(file);
      QVERIFY(workspace.has_value());
      run_ = testing::store_run((*workspace)->store(), {});
      QVERIFY(run_ > 0);
      QVERIFY((*workspace)->store().set_state(run_, RunState::paused).has_value());
      RunPage page(**workspace);
      page.show_run(run_);
      QTRY_VERIFY(page.primary_action()->isEnabled());
      QVERIFY(!page.primary_action()->toolTip().contains(kReason));
    }
    shut_ = std::make_unique<testing::WriteProtected>(folder_.path());
    if (!shut_->holds()) QSKIP("skipped: this user may write everywhere");
    auto workspace = Workspace::open(file);
    QVERIFY2(workspace.has_value(), workspace ? "" : workspace.error().message.c_str());
    workspace_ = std::move(*workspace);
    QVERIFY(workspace_->is_read_only());
  }

  void cleanupTestCase() {
    workspace_.reset();
    shut_.reset();
  }

  void a_run_is_not_resumed() {
    RunPage page(*workspace_);
    page.show_run(run_);
    QTRY_VERIFY(page.primary_action()->toolTip().contains(kReason));
    QCOMPARE(page.primary_action()->text(), QStringLiteral("Resume"));
    QVERIFY(!page.primary_action()->isEnabled());
  }

  void no_evaluation_is_begun() {
    RunsPage runs(*workspace_);
    BenchmarksPage benchmarks(*workspace_);
    EvaluatePage evaluate(*workspace_);
    for (Page* page : std::initializer_list<Page*>{&runs, &benchmarks, &evaluate}) {
      QVERIFY2(!page->primary_action()->isEnabled(), qPrintable(page->title()));
      QVERIFY2(page->primary_action()->toolTip().contains(kReason), qPrintable(page->title()));
    }
    for (const char* name : {"starter_card_button", "memory_card_button", "comparison_card_button"})
      check(*evaluate.findChild<QPushButton*>(QLatin1String(name)), name);
    check(*runs.findChild<QPushButton*>(QStringLiteral("run_starter")), "run_starter");
  }

  // Ctrl+N, a dropped plan and "Edit and run again" lead here too.
  void the_wizard_is_not_opened_and_the_page_says_why() {
    EvaluatePage page(*workspace_);
    QSignalSpy problem(&page, &Page::problem);
    QVERIFY(!page.open_wizard());
    page.edit_and_run_again(run_);
    QCOMPARE(problem.size(), 2);
    QVERIFY(
        QString::fromStdString(problem.last().first().value<Error>().message).contains(kReason));
  }

  void results_are_shown_and_nothing_is_added() {
    ResultsPage page(*workspace_);
    page.show_run(run_);
    auto& again = *page.findChild<QToolButton*>(QStringLiteral("run_again"));
    auto& judge = *page.findChild<QToolButton*>(QStringLiteral("judge_answers"));
    QTRY_VERIFY(judge.toolTip().contains(kReason));
    check(again, "again");
    check(judge, "judge");
    QVERIFY(page.export_action()->isEnabled());
  }

 private:
  // What readers of the screen are told is the reason too.
  void check(const QAbstractButton& button, const char* name) {
    QVERIFY2(!button.isEnabled(), name);
    QVERIFY2(button.toolTip().contains(kReason), name);
    QVERIFY2(button.accessibleDescription().contains(kReason), name);
  }

  testing::TemporaryFolder folder_;
  std::unique_ptr<testing::WriteProtected> shut_;
  std::unique_ptr<Workspace> workspace_;
  int64_t run_ = 0;
};

QTEST_MAIN(ReadOnlyPagesTest)
#include "read_only_pages_test.moc"
