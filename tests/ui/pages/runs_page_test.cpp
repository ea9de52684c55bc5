#include "ui/pages/runs/runs_page.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTableView>
#include <QtTest>

#include "tests/support/write_protected.h"
#include "tests/ui/execution/fake_server.h"
#include "tests/ui/pages/open_workspace.h"
#include "tests/ui/stored_runs.h"
#include "ui/execution/file_work.h"
#include "ui/pages/runs/run_changes.h"
#include "ui/shell/message_bar.h"

using namespace loom;
using namespace loom::ui;
using loom::testing::OpenWorkspace;
using loom::testing::RunRecipe;
using loom::testing::store_run;

class RunsPageTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void emptyHistoryOffersTheStarter();
  void deletedRunsComeBack();
  void namesAndTagsAreKept();
  void filters();
  void comparesTwoToSix();
  void bundleTravels();
  void whatMayNotBeWrittenIsShown();
  void runsAtWorkAreKeptAndWaitingOnesLeaveTheLine();

 private:
  static void select(RunsPage& page, const QList<int>& rows);
  static QAction* action(RunsPage& page, const char* name) {
    return page.findChild<QAction*>(QString::fromLatin1(name));
  }
};

void RunsPageTest::select(RunsPage& page, const QList<int>& rows) {
  auto* selection = page.findChild<QTableView*>()->selectionModel();
  selection->clear();
  for (int row : rows)
    selection->select(page.model().index(row, 0),
                      QItemSelectionModel::Select | QItemSelectionModel::Rows);
}

void RunsPageTest::emptyHistoryOffersTheStarter() {
  OpenWorkspace workspace;
  QVERIFY(workspace.is_open());
  RunsPage page(*workspace);
  page.resize(1200, 700);
  page.show();
  auto* start = page.findChild<QPushButton*>(QStringLiteral("run_starter"));
  QVERIFY(start->isVisible());
  QSignalSpy starter(&page, &RunsPage::starter_evaluation);
  QTest::mouseClick(start, Qt::LeftButton);
  QCOMPARE(starter.size(), 1);
  workspace.keep_pictures(page, QStringLiteral("runs-empty"));
}

void RunsPageTest::deletedRunsComeBack() {
  OpenWorkspace workspace;
  for (const char* name : {"one", "two", "three"}) {
    RunRecipe recipe;
    recipe.name = name;
    QVERIFY(store_run(workspace->store(), recipe) > 0);
  }
  RunsPage page(*workspace);
  page.resize(1200, 700);
  page.show();
  workspace.keep_pictures(page, QStringLiteral("runs"));
  QCOMPARE(page.model().rowCount(), 3);
  QAction* undo = nullptr;
  connect(&page, &Page::undo_offered, &page,
          [&](const QString&, QAction* offered) { undo = offered; });
  select(page, {0, 2});
  action(page, "delete")->trigger();
  QCOMPARE(page.model().rowCount(), 1);
  QCOMPARE(page.model().index(0, 0).data().toString(), QStringLiteral("two"));
  QVERIFY(undo != nullptr);
  undo->trigger();
  QCOMPARE(page.model().rowCount(), 3);
  QCOMPARE(page.model().index(0, 0).data().toString(), QStringLiteral("three"));
}

void RunsPageTest::namesAndTagsAreKept() {
  OpenWorkspace workspace;
  const qint64 run = store_run(workspace->store(), RunRecipe{});
  RunsPage page(*workspace);
  page.resize(1200, 700);
  page.show();
  select(page, {0});
  action(page, "rename")->trigger();
  auto* field = page.findChild<QTableView*>()->findChild<QLineEdit*>();
  QVERIFY(field != nullptr);
  field->selectAll();
  QTest::keyClicks(field, QStringLiteral("Paper run"));
  QTest::keyClick(field, Qt::Key_Return);
  QTRY_COMPARE(QString::fromStdString(workspace->queries().run(run)->name),
               QStringLiteral("Paper run"));
  QCOMPARE(page.model().index(0, 0).data().toString(), QStringLiteral("Paper run"));
  page.changes().set_tags(run, {QStringLiteral("x"), QStringLiteral("y")});
  QCOMPARE(workspace->queries().run(run)->tags, (std::vector<std::string>{"x", "y"}));
  QCOMPARE(page.findChild<QComboBox*>(QStringLiteral("tag_filter"))->count(), 3);
}

void RunsPageTest::filters() {
  OpenWorkspace workspace;
  RunRecipe recipe;
  store_run(workspace->store(), recipe);
  recipe.name = "Lighthouse";
  recipe.tags = {"sea"};
  const qint64 sea = store_run(workspace->store(), recipe);
  RunsPage page(*workspace);
  page.search(QStringLiteral("lightho"));
  QCOMPARE(page.model().rowCount(), 1);
  QCOMPARE(page.model().run_id(0), sea);
  page.search({});
  QCOMPARE(page.model().rowCount(), 2);
  auto* tags = page.findChild<QComboBox*>(QStringLiteral("tag_filter"));
  tags->setCurrentIndex(tags->findText(QStringLiteral("sea")));
  Q_EMIT tags->activated(tags->currentIndex());
  QCOMPARE(page.model().rowCount(), 1);
  auto* states = page.findChild<QComboBox*>(QStringLiteral("state_filter"));
  states->setCurrentIndex(3);
  Q_EMIT states->activated(3);
  QCOMPARE(page.model().rowCount(), 0);
}

void RunsPageTest::comparesTwoToSix() {
  OpenWorkspace workspace;
  for (int i = 0; i < 7; ++i) store_run(workspace->store(), RunRecipe{});
  RunsPage page(*workspace);
  QSignalSpy compared(&page, &Page::open_compare);
  QSignalSpy together(&page, &Page::open_together);
  select(page, {0});
  QVERIFY(action(page, "compare")->isEnabled());  // its models with each other
  QVERIFY(!action(page, "together")->isEnabled());
  select(page, {0, 1, 2, 3, 4, 5, 6});
  QVERIFY(!action(page, "compare")->isEnabled());
  QVERIFY(!action(page, "together")->isEnabled());
  select(page, {1, 3});
  QVERIFY(action(page, "compare")->isEnabled());
  action(page, "compare")->trigger();
  const auto runs = compared.value(0).value(0).value<QList<qint64>>();
  QCOMPARE(runs.size(), 2);
  QVERIFY(runs.contains(page.model().run_id(1)) && runs.contains(page.model().run_id(3)));
  action(page, "together")->trigger();
  QCOMPARE(together.value(0).value(0).value<QList<qint64>>(), runs);
}

void RunsPageTest::bundleTravels() {
  OpenWorkspace here, there;
  const qint64 run = store_run(here->store(), RunRecipe{});
  RunsPage from(*here), to(*there);
  QSignalSpy written(&here->file_work(), &FileWork::succeeded);
  QSignalSpy read(&there->file_work(), &FileWork::succeeded);
  QSignalSpy problems(&there->file_work(), &FileWork::failed);
  const auto file = here.folder() / "run.loomrun";
  from.changes().export_bundle(run, file);
  QTRY_COMPARE_WITH_TIMEOUT(written.size(), 1, 20'000);
  to.changes().import_bundle(file);
  QTRY_COMPARE_WITH_TIMEOUT(read.size(), 1, 20'000);
  QCOMPARE(to.model().rowCount(), 1);
  QCOMPARE(there->queries().run(to.model().run_id(0))->mean, here->queries().run(run)->mean);
  to.changes().import_bundle(here.folder() / "missing.loomrun");
  QTRY_COMPARE_WITH_TIMEOUT(problems.size(), 1, 20'000);
  QCOMPARE(to.model().rowCount(), 1);
}

void RunsPageTest::runsAtWorkAreKeptAndWaitingOnesLeaveTheLine() {
  if (!loom::testing::default_model()) QSKIP("skipped: the default model has not been fetched");
  OpenWorkspace workspace;
  EvaluationController& controller = workspace->controller();
  controller.set_server_factory(loom::testing::fake_servers(std::chrono::milliseconds(60)));
  const qint64 at_work = controller.start(loom::testing::small_plan()).value_or(0);
  const qint64 waiting = controller.start(loom::testing::small_plan()).value_or(0);
  QVERIFY(at_work > 0 && controller.is_waiting(waiting));
  QSignalSpy begun(&controller, &EvaluationController::sample_started);
  QTRY_VERIFY_WITH_TIMEOUT(!begun.isEmpty(), 20'000);
  controller.set_paused(true);
  QCOMPARE(workspace->queries().run(at_work)->state, RunState::paused);
  RunsPage page(*workspace);
  QSignalSpy problems(&page, &Page::problem);
  page.changes().remove({at_work});
  QCOMPARE(problems.size(), 1);  // its samples would go on being written
  QCOMPARE(page.model().rowCount(), 2);
  page.changes().remove({waiting});
  QCOMPARE(problems.size(), 1);
  QCOMPARE(page.model().rowCount(), 1);
  QVERIFY(!controller.is_waiting(waiting));
  QSignalSpy end(&controller, &EvaluationController::run_ended);
  controller.set_paused(false);
  QTRY_COMPARE_WITH_TIMEOUT(end.size(), 1, 30'000);
  QVERIFY(!controller.current_run());  // nothing came after it
  QCOMPARE(workspace->queries().run(waiting)->samples_done, size_t{0});
}

void RunsPageTest::whatMayNotBeWrittenIsShown() {
  loom::testing::TemporaryFolder folder;
  const auto file = folder.path() / "history.sqlite";
  const QByteArray home = qgetenv("LOOMSCOPE_HOME");
  qputenv("LOOMSCOPE_HOME", folder.path().c_str());
  const auto back = qScopeGuard(
      [&home] { home.isNull() ? qunsetenv("LOOMSCOPE_HOME") : qputenv("LOOMSCOPE_HOME", home); });
  {
    auto workspace = Workspace::open(file);
    QVERIFY(workspace.has_value());
    QVERIFY(store_run((*workspace)->store(), {}) > 0);
    RunsPage page(**workspace);
    QVERIFY(!page.findChild<QWidget*>(QStringLiteral("read_only_note")));
  }
  const loom::testing::WriteProtected shut(folder.path());
  if (!shut.holds()) QSKIP("skipped: this user may write everywhere");
  auto workspace = Workspace::open(file);
  QVERIFY2(workspace.has_value(), workspace ? "" : workspace.error().message.c_str());
  QVERIFY((*workspace)->is_read_only());
  RunsPage page(**workspace);
  page.resize(1200, 700);
  page.show();
  auto* note = page.findChild<MessageBar*>(QStringLiteral("read_only_note"));
  QVERIFY(note && note->isVisible());
  QVERIFY2(note->sentence().contains(QStringLiteral("only be read")), qPrintable(note->sentence()));
  QCOMPARE(page.model().rowCount(), 1);
  select(page, {0});
  for (const char* change : {"rename", "tags", "delete", "again"}) {
    QVERIFY2(!action(page, change)->isEnabled(), change);
    QVERIFY2(action(page, change)->toolTip().contains(QStringLiteral("only be read")), change);
  }
  QVERIFY(action(page, "open")->isEnabled());
  // What asks for a change all the same is told why there is none.
  QSignalSpy problem(&page, &Page::problem);
  page.changes().rename(1, QStringLiteral("other"));
  QCOMPARE(problem.size(), 1);
}

QTEST_MAIN(RunsPageTest)
#include "runs_page_test.moc"
