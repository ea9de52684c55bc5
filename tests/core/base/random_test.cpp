#include "core/base/random_jump.h"

#include <QtTest>
#include <algorithm>
#include <numeric>
#include <vector>

class RandomTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void streamsAreIndependentAndRepeatable();
  void belowIsUniform();
  void shuffleKeepsAllItems();
  void leapsLandWhereStepsDo();
};

void RandomTest::streamsAreIndependentAndRepeatable() {
  loom::Random a(42, "keys"), again(42, "keys"), other(42, "values");
  QCOMPARE(a.next(), again.next());
  QVERIFY(a.next() != other.next());
}

void RandomTest::belowIsUniform() {
  loom::Random random(7);
  std::vector<int> counts(10);
  for (int i = 0; i < 100000; ++i) ++counts[random.below(10)];
  // Five standard deviations of a binomial count.
  for (int count : counts) QVERIFY(std::abs(count - 10000) < 475);
}

void RandomTest::shuffleKeepsAllItems() {
  std::vector<int> items(100);
  std::iota(items.begin(), items.end(), 0);
  auto before = items;
  loom::Random(1).shuffle(items);
  QVERIFY(items != before);
  std::sort(items.begin(), items.end());
  QCOMPARE(items, before);
}

void RandomTest::leapsLandWhereStepsDo() {
  for (uint64_t steps : {0u, 1u, 2u, 63u, 64u, 12345u, 100000u}) {
    loom::Random leaping(7), stepping(7);
    const loom::RandomJump jump(steps);
    jump.leap(leaping);
    for (uint64_t i = 0; i < steps; ++i) stepping.next();
    QCOMPARE(leaping.next(), stepping.next());
    jump.leap(leaping);  // from any state
    for (uint64_t i = 0; i < steps; ++i) stepping.next();
    QCOMPARE(leaping.next(), stepping.next());
  }
}

QTEST_APPLESS_MAIN(RandomTest)
#include "random_test.moc"
