// Samples are scored and stored beside the thread that brings them, each once and in their order.
#include "core/execution/scoring_queue.h"

#include <QElapsedTimer>
#include <QTest>
#include <atomic>

#include "core/execution/scoring.h"

using namespace loom;
using namespace std::chrono_literals;

namespace {

TaskRule rule() {
  TaskRule rule;
  rule.metric = "contains_all";
  return rule;
}

ScoringQueue::Score scored_by(const TaskRule& rule) {
  return [&rule](const Sample& sample) { return score_sample(sample, rule); };
}

Sample answered(int index, const std::string& text) {
  Sample sample;
  sample.index = index;
  sample.state = SampleState::done;
  sample.result.text = text;
  sample.references = {"right"};
  return sample;
}

}  // namespace

class ScoringQueueTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void samples_are_scored_in_their_order() {
    const TaskRule contains = rule();
    std::vector<Sample> stored;
    const auto here = std::this_thread::get_id();
    bool beside = true;
    ScoringQueue queue(scored_by(contains), [&](Sample& sample) -> Status {
      beside = beside && std::this_thread::get_id() != here;
      stored.push_back(sample);
      return {};
    });
    for (int i = 0; i < 300; ++i) queue.add(answered(i, i % 2 ? "right" : "wrong"));
    Sample failed = answered(300, "right");
    failed.state = SampleState::failed;
    queue.add(std::move(failed));
    QVERIFY(queue.finish({}));
    QVERIFY(beside);
    QCOMPARE(stored.size(), size_t{301});
    for (int i = 0; i < 300; ++i) {
      const Sample& sample = stored[static_cast<size_t>(i)];
      QCOMPARE(sample.index, i);
      QVERIFY(sample.score && sample.score->value == (i % 2 ? 1.0 : 0.0));
    }
    QVERIFY(!stored.back().score);
    QVERIFY(queue.finish({}));  // with nothing to do
  }

  void a_metric_that_refuses_leaves_its_reason() {
    TaskRule absent = rule();
    absent.metric = "no_such_metric";
    std::vector<Sample> stored;
    ScoringQueue queue(scored_by(absent), [&](Sample& sample) -> Status {
      stored.push_back(sample);
      return {};
    });
    queue.add(answered(0, "right"));
    QVERIFY(queue.finish({}));
    QVERIFY(!stored.at(0).score && stored[0].error->kind == ErrorKind::not_found);
    QCOMPARE(stored[0].state, SampleState::done);
  }

  void nobody_waits_for_a_slow_one() {
    const TaskRule contains = rule();
    int stored = 0;
    ScoringQueue queue(scored_by(contains), [&](Sample&) -> Status {
      std::this_thread::sleep_for(50ms);
      ++stored;
      return {};
    });
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < 20; ++i) queue.add(answered(i, "right"));
    QVERIFY(clock.elapsed() < 500);
    QVERIFY(queue.finish({}));
    QCOMPARE(stored, 20);
  }

  void the_first_failure_of_the_store_stays() {
    const TaskRule contains = rule();
    int tried = 0;
    ScoringQueue queue(scored_by(contains), [&](Sample& sample) -> Status {
      ++tried;
      if (sample.index < 2) return {};
      return Error{ErrorKind::io, "the disk is full " + std::to_string(sample.index), "", ""};
    });
    for (int i = 0; i < 200; ++i) queue.add(answered(i, "right"));  // more than may wait
    const Status status = queue.finish({});
    QVERIFY(!status);
    QCOMPARE(status.error().message, std::string("the disk is full 2"));
    QVERIFY(!queue.stored());
    QCOMPARE(tried, 3);
    queue.add(answered(0, "right"));  // comes to nothing, and waits for nothing
    QVERIFY(!queue.finish({}));
  }

  void a_stop_drops_what_takes_too_long() {
    const TaskRule contains = rule();
    std::atomic<int> stored = 0;
    ScoringQueue queue(scored_by(contains), [&](Sample&) -> Status {
      std::this_thread::sleep_for(500ms);
      ++stored;
      return {};
    });
    for (int i = 0; i < 30; ++i) queue.add(answered(i, "right"));
    std::stop_source stop;
    stop.request_stop();
    QElapsedTimer clock;
    clock.start();
    QVERIFY(queue.finish(stop.get_token()));
    QVERIFY2(clock.elapsed() < 8000, qPrintable(QString::number(clock.elapsed())));
    QVERIFY(stored > 0 && stored < 30);
    const int now = stored;
    QTest::qWait(700);
    QCOMPARE(stored.load(), now);
  }
};

QTEST_GUILESS_MAIN(ScoringQueueTest)
#include "scoring_queue_test.moc"
