#include "core/statistics/intervals.h"

#include <QTest>
#include <cmath>
#include <vector>

#include "core/base/random.h"
#include "core/statistics/resampled_means.h"

using namespace loom;

namespace {
constexpr double kZ = 1.959963984540054;
}

class IntervalsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // Wilson's ends are where the score test statistic equals z: an equation, not our formula.
  void wilson_ends_solve_the_score_equation() {
    for (size_t n : {1u, 5u, 10u, 50u, 500u, 10'000u})
      for (size_t k = 0; k <= n; k += std::max<size_t>(n / 7, 1)) {
        Interval interval = wilson(k, n);
        double p = static_cast<double>(k) / static_cast<double>(n);
        for (double end : {interval.low, interval.high}) {
          if (end <= 1e-12 || end >= 1 - 1e-12) continue;
          double statistic = (p - end) / std::sqrt(end * (1 - end) / static_cast<double>(n));
          QVERIFY(std::abs(std::abs(statistic) - kZ) < 1e-6);
        }
        QVERIFY(interval.low <= p && p <= interval.high);
      }
    QCOMPARE(wilson(0, 20).low, 0.0);
    QCOMPARE(wilson(20, 20).high, 1.0);
  }

  void bootstrap_is_repeatable_and_covers() {
    Random random(42);
    int covered = 0;
    constexpr int kTrials = 300;
    for (int trial = 0; trial < kTrials; ++trial) {
      std::vector<double> values(60);
      for (double& value : values) value = random.unit();  // mean 0.5
      auto interval = bootstrap_mean(values, 7, 1000);
      QVERIFY(interval);
      covered += interval->low <= 0.5 && 0.5 <= interval->high;
      if (trial > 0) continue;
      auto again = bootstrap_mean(values, 7, 1000);
      QCOMPARE(again->low, interval->low);
      QCOMPARE(again->high, interval->high);
    }
    // 95 % nominal; four standard errors of a binomial leave 0.90 to 1.
    QVERIFY2(covered >= kTrials * 0.90 && covered <= kTrials * 0.995,
             qPrintable(QString::number(covered)));
    std::vector<double> one = {3.0};
    QVERIFY(!bootstrap_mean(one, 1));
  }

  // Histories keep these numbers: however the draws are shared out, they are those of one stream.
  void resamples_are_drawn_as_in_turn_data() {
    QTest::addColumn<int>("values");
    QTest::addColumn<int>("resamples");
    QTest::newRow("few") << 60 << 1000;
    QTest::newRow("many of few") << 300 << 10'003;  // the starts are reached step by step
    QTest::newRow("many") << 3000 << 1001;
    QTest::newRow("a power of two") << 4096 << 1002;
  }
  void resamples_are_drawn_as_in_turn() {
    QFETCH(int, values);
    QFETCH(int, resamples);
    Random made(11);
    std::vector<double> given(static_cast<size_t>(values));
    for (double& value : given) value = made.unit() * 100;
    const auto means = resampled_means(given, 42, static_cast<size_t>(resamples));
    QCOMPARE(means.size(), static_cast<size_t>(resamples));
    Random random(42, "bootstrap");
    for (double mean : means) {
      double sum = 0;
      for (size_t i = 0; i < given.size(); ++i) sum += given[random.below(given.size())];
      QVERIFY(mean == sum / static_cast<double>(given.size()));
    }
  }

  void signs_are_drawn_as_in_turn() {
    Random made(11);
    std::vector<double> a(3001), b(3001, 0.0);
    for (double& value : a) value = made.unit() - 0.49;
    double observed = 0;
    for (double value : a) observed += value;
    Random random(5, "sign flip");
    int flips = 20'000'000 / 3001, as_large = 0;
    for (int i = 0; i < flips; ++i) {
      double sum = 0;
      uint64_t bits = 0;
      for (size_t k = 0; k < a.size(); ++k) {
        if (k % 64 == 0) bits = random.next();
        sum += bits >> (k % 64) & 1 ? a[k] : -a[k];
      }
      as_large += std::abs(sum) >= std::abs(observed) - 1e-12;
    }
    QVERIFY(as_large > 0 && as_large < flips);
    QVERIFY(paired_difference(a, b, 5)->p == (as_large + 1.0) / (flips + 1.0));
  }

  // The bootstrap distribution of {0, 1} is 1/4, 1/2, 1/4 on 0, 0.5, 1.
  void bootstrap_of_two_values_is_their_range() {
    std::vector<double> values = {0.0, 1.0};
    auto interval = bootstrap_mean(values, 3);
    QCOMPARE(interval->low, 0.0);
    QCOMPARE(interval->high, 1.0);
  }

  void paired_differences_see_what_is_there() {
    Random random(5);
    std::vector<double> a(200), b(200);
    for (size_t i = 0; i < a.size(); ++i) {
      a[i] = random.unit();
      b[i] = a[i] + 0.1 + (random.unit() - 0.5) * 0.05;
    }
    auto difference = paired_difference(a, b, 1);
    QVERIFY(difference);
    QVERIFY(std::abs(difference->mean + 0.1) < 0.01);  // a minus b
    QVERIFY(difference->interval.high < 0);
    QVERIFY(difference->p < 0.01);
    auto same = paired_difference(a, a, 1);
    QCOMPARE(same->mean, 0.0);
    QCOMPARE(same->p, 1.0);
    a.pop_back();
    QVERIFY(!paired_difference(a, b, 1));
  }

  // Five pairs that all favour a: of 2^5 sign patterns two are as extreme, p = 1/16.
  void small_samples_have_the_exact_p() {
    std::vector<double> a = {2, 2, 2, 2, 2}, b = {1, 1, 1, 1, 1};
    auto difference = paired_difference(a, b, 9);
    QVERIFY(std::abs(difference->p - 0.0625) < 0.01);
  }
};

QTEST_APPLESS_MAIN(IntervalsTest)
#include "intervals_test.moc"
