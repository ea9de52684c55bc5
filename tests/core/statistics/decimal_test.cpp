#include "core/statistics/decimal.h"

#include <QTest>
#include <algorithm>
#include <cstdio>
#include <limits>
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

  // Perplexities have no upper end.
  void large_values_add_up() {
    const std::vector<double> values = {1e10, 3e10};
    QCOMPARE(*decimal_mean(values), 2e10);
    const std::vector<double> endless = {std::numeric_limits<double>::infinity(), 1.0};
    QVERIFY(*decimal_mean(endless) > 1e18);
  }

  // Means of published tables that end in a half: the printed digits are the published ones.
  void halves_are_printed_away_from_zero() {
    auto printed = [](double value, int decimals) {
      char text[64];
      std::snprintf(text, sizeof text, "%.*f", decimals, as_printed(value, decimals));
      return std::string(text);
    };
    QCOMPARE(printed(51.535, 2), std::string("51.54"));
    QCOMPARE(printed(45.385, 2), std::string("45.39"));
    QCOMPARE(printed(44.705, 2), std::string("44.71"));
    QCOMPARE(printed(44.665, 2), std::string("44.67"));
    QCOMPARE(printed(-44.665, 2), std::string("-44.67"));
    QCOMPARE(printed(60.535, 2), std::string("60.54"));
    QCOMPARE(printed(0.45, 1), std::string("0.5"));
    QCOMPARE(printed(51.534999, 2), std::string("51.53"));
    QCOMPARE(printed(100, 2), std::string("100.00"));
    QCOMPARE(printed(0.123456789, 9), std::string("0.123456789"));
    QCOMPARE(as_printed(1e12, 2), 1e12);
    QCOMPARE(as_printed(std::numeric_limits<double>::infinity(), 2),
             std::numeric_limits<double>::infinity());
  }
};

QTEST_APPLESS_MAIN(DecimalTest)
#include "decimal_test.moc"
