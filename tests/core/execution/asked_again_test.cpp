// Failed samples of a run are asked again: only they, and what failed before stays told.
#include <QTest>

#include "tests/core/execution/evaluation_bench.h"

using namespace loom;
using testing::Bench;
using testing::scores_of;

namespace {

// Of the events that tell why samples failed before they were asked again.
std::vector<std::string> told(const Bench& bench, int64_t run) {
  std::vector<std::string> texts;
  const Provenance provenance = *bench.queries->provenance(run);
  for (const EventRow& event : provenance.events)
    if (event.kind == "asked again") texts.push_back(event.text);
  return texts;
}

Result<RunState> ask_again(Bench& bench, int64_t run, std::stop_token stop = {}) {
  return continue_run(run, bench.environment, {}, stop, Asked::unfinished_and_failed);
}

}  // namespace

class AskedAgainTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    if (!testing::default_model()) QSKIP("skipped: the default model has not been fetched");
  }

  void only_what_failed_is_asked() {
    Bench whole;
    const int64_t expected = whole.start();
    QCOMPARE(*continue_run(expected, whole.environment, {}, {}), RunState::finished);

    Bench bench;
    bench.behaviour.failing = {2, 5};
    const int64_t run = bench.start();
    QCOMPARE(*continue_run(run, bench.environment, {}, {}), RunState::finished_with_failures);
    const size_t asked = bench.behaviour.answered;
    QCOMPARE(*continue_run(run, bench.environment, {}, {}), RunState::finished_with_failures);
    QCOMPARE(bench.behaviour.answered, asked);
    QVERIFY(told(bench, run).empty());

    QCOMPARE(*ask_again(bench, run), RunState::finished);
    QCOMPARE(bench.behaviour.answered, asked + 2);
    QVERIFY(scores_of(*bench.queries, run) == scores_of(*whole.queries, expected));
    const RunRow row = *bench.queries->run(run);
    QCOMPARE(row.samples_done, row.samples_planned);
    QCOMPARE(row.samples_failed, size_t{0});
    const auto events = told(bench, run);
    QCOMPARE(events.size(), size_t{1});  // both failed alike
    QVERIFY2(events[0].starts_with("2 samples failed: engine: no answer in time"),
             events[0].c_str());

    QCOMPARE(*ask_again(bench, run), RunState::finished);  // nothing is left
    QCOMPARE(bench.behaviour.answered, asked + 2);
    QCOMPARE(told(bench, run).size(), size_t{1});
  }

  void what_fails_again_stays_failed() {
    Bench bench;
    bench.behaviour.failing = {2, 5};
    const int64_t run = bench.start();
    QVERIFY(continue_run(run, bench.environment, {}, {}));
    bench.behaviour.failing = {bench.behaviour.answered};
    QCOMPARE(*ask_again(bench, run), RunState::finished_with_failures);
    QCOMPARE(bench.queries->run(run)->samples_failed, size_t{1});
    QCOMPARE(bench.queries->samples(run, {.only_failed = true}, 0, 10)->size(), size_t{1});
  }

  void failures_that_were_not_reached_stay() {
    Bench bench;
    std::stop_source stop;
    bench.behaviour.gone_after = 10;
    const int64_t run = bench.start();
    QVERIFY(continue_run(run, bench.environment, {}, {}));
    const RunRow before = *bench.queries->run(run);
    QCOMPARE(before.samples_failed, before.samples_planned - 10);

    bench.behaviour.gone_after = SIZE_MAX;
    bench.behaviour.stop = &stop;
    bench.behaviour.stop_after = 13;
    QCOMPARE(*ask_again(bench, run, stop.get_token()), RunState::paused);
    const RunRow after = *bench.queries->run(run);
    QCOMPARE(after.samples_done, before.samples_done);
    QVERIFY(after.samples_failed < before.samples_failed);
    QVERIFY(after.samples_failed > 0);
    bench.behaviour.stop = nullptr;
    QCOMPARE(*ask_again(bench, run), RunState::finished);
  }
};

QTEST_GUILESS_MAIN(AskedAgainTest)
#include "asked_again_test.moc"
