// Runs on their way from one history to another.
#include <QTest>
#include <algorithm>

#include "tests/core/history/opened_history.h"

using namespace loom;
using testing::compare_samples;
using testing::written_sample;
using Opened = testing::OpenedHistory;

class CarriedRunsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void carries_a_run_to_another_history() {
    Opened from, to;
    from.run_with(2);
    int64_t run = from.run_with(8, "carried");
    QVERIFY(from.store->record_event(run, "notice", "something"));
    QVERIFY(from.store->set_state(run, RunState::finished));
    to.run_with(5, "was here");
    auto file = from.folder.path() / "one.sqlite";
    QVERIFY(from.store->export_run(run, file));
    auto copy = to.store->import_run(file);
    QVERIFY2(copy, copy ? "" : describe(copy.error()).c_str());
    QCOMPARE(*copy, int64_t{2});
    auto rows = to.queries->samples(*copy, {}, 0, 100);
    QCOMPARE(rows->size(), size_t{8});
    for (const SampleRow& row : *rows)
      compare_samples(*to.queries->sample(row.id), written_sample(row.index));
    QCOMPARE(to.queries->provenance(*copy)->events.front().text, std::string("something"));
    QCOMPARE(*to.queries->summary(*copy)->jobs[0].score,
             *from.queries->summary(run)->jobs[0].score);
    QCOMPARE(to.queries->samples(*copy, {.text = "shared"}, 0, 100)->size(), size_t{8});
    QVERIFY(!from.store->export_run(run, file));  // never over an existing file
  }

  void others_write_while_a_run_comes_in() {
    Opened from, to;
    int64_t run = from.run_with(60, "carried");
    int64_t there = to.run_with(1, "was here");
    auto file = from.folder.path() / "one.sqlite";
    std::vector<double> shares;
    QVERIFY(from.store->export_run(run, file, {{}, [&](double s) { shares.push_back(s); }}));
    QVERIFY(shares.size() > 3 && std::is_sorted(shares.begin(), shares.end()));
    QCOMPARE(shares.back(), 1.0);
    size_t seen_half_way = 0;
    WorkControl control;
    control.progress = [&](double) {
      QVERIFY(to.store->rename(there, "renamed"));
      seen_half_way = std::max(seen_half_way, *to.queries->count_runs({}));
      // A purge that meets the hidden half leaves it alone.
      if (auto hidden = to.store->deleted_runs(); hidden) QVERIFY(to.store->purge(*hidden));
    };
    auto copy = to.store->import_run(file, control);
    QVERIFY2(copy, copy ? "" : describe(copy.error()).c_str());
    QCOMPARE(seen_half_way, size_t{1});
    QCOMPARE(to.queries->samples(*copy, {}, 0, 100)->size(), size_t{60});
  }

  void a_stopped_import_leaves_nothing() {
    Opened from, to;
    int64_t run = from.run_with(60, "carried");
    auto file = from.folder.path() / "one.sqlite";
    QVERIFY(from.store->export_run(run, file));
    std::stop_source stop;
    auto copy = to.store->import_run(file, {stop.get_token(), [&](double share) {
                                              if (share > 0.5) stop.request_stop();
                                            }});
    QVERIFY(!copy);
    QCOMPARE(copy.error().kind, ErrorKind::cancelled);
    QCOMPARE(*to.queries->count_runs({}), size_t{0});
    QVERIFY(to.store->deleted_runs()->empty());
  }
};

QTEST_GUILESS_MAIN(CarriedRunsTest)
#include "carried_runs_test.moc"
