#include "core/base/random.h"

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

QTEST_APPLESS_MAIN(RandomTest)
#include "random_test.moc"
