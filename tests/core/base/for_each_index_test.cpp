// Work side by side: every piece once, no more threads than asked for, and an end when stopped.
#include "core/base/for_each_index.h"

#include <QTest>
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

using namespace loom;

class ForEachIndexTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void does_every_piece_once() {
    for (const size_t threads : {size_t{0}, size_t{1}, size_t{3}, size_t{64}, all_cores()}) {
      std::vector<std::atomic<int>> times(100);
      for_each_index(times.size(), threads, {}, [&](size_t i) { ++times[i]; });
      for (const auto& one : times) QCOMPARE(one.load(), 1);
    }
    for_each_index(0, 4, {}, [](size_t) { QFAIL("there is nothing to do"); });
  }

  void keeps_to_the_threads_it_was_given() {
    std::atomic<int> at_once{0}, most{0};
    for_each_index(12, 3, {}, [&](size_t) {
      const int now = ++at_once;
      for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      --at_once;
    });
    QVERIFY2(most > 1 && most <= 3, QByteArray::number(most.load()).constData());
  }

  void stops() {
    std::stop_source source;
    std::atomic<int> done{0};
    for_each_index(1000, 2, source.get_token(), [&](size_t) {
      if (++done == 10) source.request_stop();
    });
    QVERIFY2(done >= 10 && done <= 12, QByteArray::number(done.load()).constData());
  }
};

QTEST_GUILESS_MAIN(ForEachIndexTest)
#include "for_each_index_test.moc"
