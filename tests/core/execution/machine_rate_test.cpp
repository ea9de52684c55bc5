#include "core/execution/machine_rate.h"

#include <QTest>
#include <cmath>

using namespace loom;

class MachineRateTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // Rates made from known a and b come back as those.
  void fits_linear_and_quadratic_parts() {
    constexpr double a = 2e-4, b = 3e-8;
    EngineClient::Rates rates;
    for (size_t n : {512u, 1024u, 2048u, 4096u}) {
      auto tokens = static_cast<double>(n);
      rates.prefill.emplace_back(n, tokens / (a * tokens + b * tokens * tokens));
    }
    rates.decode = 40;
    MachineRate rate = fit_rate(rates);
    QVERIFY(std::abs(rate.prefill_a - a) < a * 1e-6);
    QVERIFY(std::abs(rate.prefill_b - b) < b * 1e-6);
    QCOMPARE(rate.decode_s_per_token, 1.0 / 40);
    QVERIFY(rate.measured);
  }

  void never_negative() {
    EngineClient::Rates rates;
    rates.prefill = {{512, 1000.0}, {1024, 1500.0}, {2048, 2500.0}};  // faster when longer
    rates.decode = 10;
    MachineRate rate = fit_rate(rates);
    QVERIFY(rate.prefill_a >= 0 && rate.prefill_b >= 0);
    QVERIFY(prefill_seconds(rate, 0, 4096) > 0);
  }

  void reused_tokens_cost_nothing() {
    MachineRate rate{1e-3, 1e-6, 0.1, true};
    double whole = prefill_seconds(rate, 0, 1000);
    double parts = prefill_seconds(rate, 0, 600) + prefill_seconds(rate, 600, 1000);
    QVERIFY(std::abs(whole - parts) < 1e-9);
    QCOMPARE(prefill_seconds(rate, 1000, 1000), 0.0);
  }
};

QTEST_APPLESS_MAIN(MachineRateTest)
#include "machine_rate_test.moc"
