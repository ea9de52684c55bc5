#include "core/statistics/decimal.h"

#include <QTest>
#include <algorithm>
#include <vector>

#include "core/base/random.h"

using namespace loom;

class DecimalTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void adds_like_a_person() {
    std::vector<double> tenths(10, 0.1);
    QCOMPARE(*decimal_mean(tenths), 0.1);
    DecimalSum sum;
    for (double value : tenths) sum.add(value);
    QCOMPARE(sum.total(), 1.0);
    QVERIFY(!decimal_mean({}));
  }

  void the_order_does_not_matter() {
    Random random(1);
    std::vector<double> values(5000);
    for (double& value : values) value = random.unit() * 100;
    double mean = *decimal_mean(values);
    for (int i = 0; i < 20; ++i) {
      random.shuffle(values);
      QCOMPARE(*decimal_mean(values), mean);  // bit for bit
    }
  }

  void rounds_half_away_from_zero() {
    std::vector<double> values = {0.0, 1e-9, 1e-9};  // 2/3 of a billionth
    QCOMPARE(*decimal_mean(values), 1e-9);
    values = {0.0, 0.0, 1e-9};
    QCOMPARE(*decimal_mean(values), 0.0);
    values = {-1e-9, 0.0};
    QCOMPARE(*decimal_mean(values), -1e-9);
  }
};

QTEST_APPLESS_MAIN(DecimalTest)
#include "decimal_test.moc"
