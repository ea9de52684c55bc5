// A history of 100,000 runs: opens, scrolls and jumps without reading all of it.
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QtTest>
#include <algorithm>

#include "core/history/database.h"
#include "tests/support/test_folders.h"
#include "tests/ui/stored_runs.h"
#include "ui/view_models/run_list_model.h"
#include "ui/view_models/table_style.h"

using namespace loom;
using namespace loom::ui;

namespace {

constexpr int kRuns = 100'000;
constexpr double kLimitMs = 16;
// A frame is slow for other reasons too when the machine is busy; the figure is printed.
constexpr double kBusyMachine = 4;

constexpr const char* kCopies =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<99999) "
    "INSERT INTO run(name,created,state,message,plan,fingerprint,models,benchmarks,tags,"
    "samples_planned,samples_done,wall_s,mean) "
    "SELECT 'Run '||i,created,i%7,'',plan,fingerprint,models,benchmarks,'[\"t'||(i%5)||'\"]',"
    "100,i%100,i,i%100 FROM run,n WHERE run.id=1";

}  // namespace

class ScrollTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase();
  void everyRowIsReached();
  void scrolls();

 private:
  loom::testing::TemporaryFolder folder_;
  std::unique_ptr<RunQueries> queries_;
};

void ScrollTest::initTestCase() {
  const auto file = folder_.path() / "history.sqlite";
  {
    auto store = RunStore::open(file);
    QVERIFY(store.has_value());
    QCOMPARE(loom::testing::store_run(**store, {}), int64_t{1});
  }
  auto database = Database::open(file, Database::Mode::existing);
  QVERIFY(database.has_value());
  QVERIFY((*database)->script(kCopies).has_value());
  auto queries = RunQueries::open(file);
  QVERIFY(queries.has_value());
  queries_ = std::move(*queries);
}

void ScrollTest::everyRowIsReached() {
  RunListModel model(*queries_);
  model.reload();
  QCOMPARE(model.rowCount(), kRuns);
  for (int row : {0, 199, 200, 54'321, 99'998, 99'999}) {
    const RunRow* found = model.run_row(row);
    QVERIFY(found != nullptr);
    QCOMPARE(found->id, int64_t{kRuns - row});
    QCOMPARE(model.row_of(found->id), row);
  }
}

void ScrollTest::scrolls() {
  RunListModel model(*queries_);
  QTableView table;
  prepare_table(table, QStringLiteral("runs"), QStringLiteral("Runs"));
  table.setModel(&model);
  table.resize(1200, 700);
  QElapsedTimer timer;
  timer.start();
  model.reload();
  table.show();
  QVERIFY(QTest::qWaitForWindowExposed(&table));
  const double opened = static_cast<double>(timer.nsecsElapsed()) / 1e6;

  std::vector<double> frames;
  auto frame = [&](int value) {
    timer.restart();
    table.verticalScrollBar()->setValue(value);
    table.viewport()->repaint();
    frames.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
  };
  for (int row = 0; row < 3000; row += 3) frame(row);        // wheel
  for (int row = 3000; row < kRuns; row += 400) frame(row);  // bar pulled down
  QRandomGenerator random(7);
  for (int i = 0; i < 100; ++i) frame(static_cast<int>(random.bounded(kRuns)));  // jumps
  std::sort(frames.begin(), frames.end());
  const double p95 = frames[frames.size() * 95 / 100];
  qInfo("opened in %.1f ms; %zu frames: median %.2f ms, p95 %.2f ms, worst %.2f ms", opened,
        frames.size(), frames[frames.size() / 2], p95, frames.back());
  QVERIFY2(p95 <= kLimitMs * kBusyMachine, "scrolling is slow");
}

QTEST_MAIN(ScrollTest)
#include "scroll_test.moc"
