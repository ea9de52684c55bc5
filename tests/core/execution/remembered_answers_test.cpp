// What a run takes of the answers that earlier runs have given.
#include <QTest>

#include "tests/core/execution/evaluation_bench.h"

using namespace loom;
using testing::Bench;
using testing::scores_of;

class RememberedAnswersTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    if (!testing::default_model()) QSKIP("skipped: the default model has not been fetched");
  }

  void a_second_run_takes_the_answers_of_the_first() {
    Bench bench;
    int64_t first = bench.start();
    QVERIFY(continue_run(first, bench.environment, {}, {}));
    const size_t asked = bench.behaviour.answered;
    int64_t second = bench.start();
    RunProgress last;
    RunObserver observer;
    observer.progress = [&](const RunProgress& progress) { last = progress; };
    QCOMPARE(*continue_run(second, bench.environment, observer, {}), RunState::finished);
    QCOMPARE(bench.behaviour.answered, asked);
    QCOMPARE(last.remembered, last.samples_planned);
    auto one = scores_of(*bench.queries, first), two = scores_of(*bench.queries, second);
    for (auto* scores : {&one, &two})
      for (auto& job : (*scores)[0]) job.erase("remembered");
    QVERIFY(one == two);
    RunSummary before = *bench.queries->summary(first), after = *bench.queries->summary(second);
    for (size_t i = 0; i < after.jobs.size(); ++i) {
      QCOMPARE(before.jobs[i].remembered, size_t{0});
      QCOMPARE(after.jobs[i].remembered, after.jobs[i].planned);
      QCOMPARE(after.jobs[i].timings.decode_s, before.jobs[i].timings.decode_s);
      QVERIFY(after.jobs[i].wall_s >= after.jobs[i].timings.decode_s);
    }
  }

  void remembering_can_be_switched_off() {
    Bench bench;
    QVERIFY(continue_run(bench.start(), bench.environment, {}, {}));
    const size_t asked = bench.behaviour.answered;
    EvaluationPlan plan = starter_plan(testing::default_model()->string());
    plan.reuse_answers = false;
    QCOMPARE(fingerprint(plan), fingerprint(starter_plan(testing::default_model()->string())));
    QVERIFY(continue_run(*start_run(plan, bench.environment), bench.environment, {}, {}));
    QCOMPARE(bench.behaviour.answered, 2 * asked);
  }

  void another_decoding_is_another_request() {
    Bench bench;
    QVERIFY(continue_run(bench.start(), bench.environment, {}, {}));
    const size_t asked = bench.behaviour.answered;
    EvaluationPlan plan = starter_plan(testing::default_model()->string());
    plan.decoding.temperature = 0.5;
    QVERIFY(continue_run(*start_run(plan, bench.environment), bench.environment, {}, {}));
    QCOMPARE(bench.behaviour.answered, 2 * asked);
    plan.decoding.seed = 7;
    QVERIFY(continue_run(*start_run(plan, bench.environment), bench.environment, {}, {}));
    QCOMPARE(bench.behaviour.answered, 3 * asked);
  }

  void failures_are_not_remembered() {
    Bench bench;
    bench.behaviour.failing = {2, 5};
    QVERIFY(continue_run(bench.start(), bench.environment, {}, {}));
    const size_t asked = bench.behaviour.answered;
    QCOMPARE(*continue_run(bench.start(), bench.environment, {}, {}), RunState::finished);
    QCOMPARE(bench.behaviour.answered, asked + 2);
  }

  void answers_that_came_in_from_a_file_are_not_taken() {
    Bench bench, other;
    int64_t run = bench.start();
    QVERIFY(continue_run(run, bench.environment, {}, {}));
    const auto bundle = bench.folder.path() / "run.sqlite";
    QVERIFY(bench.store->export_run(run, bundle));
    QVERIFY(other.store->import_run(bundle));
    QVERIFY(continue_run(other.start(), other.environment, {}, {}));
    QCOMPARE(other.behaviour.answered, bench.behaviour.answered);
  }
};

QTEST_GUILESS_MAIN(RememberedAnswersTest)
#include "remembered_answers_test.moc"
