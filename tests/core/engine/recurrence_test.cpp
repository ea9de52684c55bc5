// Recurrences against the same in ATen's operations, token by token; and no bit may depend on where
// a chunk ends or on the number of threads.
#include "core/engine/recurrence.h"

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/conv1d.h>
#include <ATen/ops/rand.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/zeros.h>
#include <c10/core/InferenceMode.h>

#include <QtTest>
#include <cstring>
#include <functional>

#include "core/engine/pointwise.h"

using namespace loom;

namespace {

constexpr int64_t kTokens = 33, kHeads = 4, kKeys = 11, kValues = 70;  // 70: 4 registers, 1, floats

bool same_bits(const at::Tensor& a, const at::Tensor& b) {
  return a.nbytes() == b.nbytes() &&
         std::memcmp(a.const_data_ptr(), b.const_data_ptr(), a.nbytes()) == 0;
}

double difference(const at::Tensor& a, const at::Tensor& b) {
  return (a - b).abs().max().item<double>();
}

LinearRecurrence random_rows(const QString& kind) {
  auto normal = [](int64_t heads, int64_t width) { return at::randn({kTokens, heads, width}); };
  LinearRecurrence rows{normal(kHeads, kKeys),
                        normal(kHeads, kKeys),
                        normal(kHeads, kValues),
                        at::rand({kTokens, kHeads, kKeys}),
                        {},
                        {},
                        {}};
  if (kind == QStringLiteral("shared")) {
    rows.query = normal(2, kKeys), rows.key = normal(2, kKeys);
    rows.decay = at::rand({kTokens, kHeads, 1});
  }
  if (kind == QStringLiteral("bonus")) rows.bonus = at::randn({kHeads, kKeys});
  if (kind == QStringLiteral("delta")) {
    rows.removal = 0.2 * normal(kHeads, kKeys), rows.replacement = 0.2 * normal(kHeads, kKeys);
  }
  return rows;
}

LinearRecurrence part(const LinearRecurrence& rows, int64_t from, int64_t count) {
  auto cut = [&](const at::Tensor& t) { return t.defined() ? t.narrow(0, from, count) : t; };
  return {cut(rows.query), cut(rows.key),     cut(rows.value),      cut(rows.decay),
          rows.bonus,      cut(rows.removal), cut(rows.replacement)};
}

SelectiveScan part(const SelectiveScan& rows, int64_t from, int64_t count) {
  return {rows.x.narrow(0, from, count),
          rows.step.narrow(0, from, count),
          rows.in.narrow(0, from, count),
          rows.out.narrow(0, from, count),
          rows.rate,
          rows.skip};
}

SelectiveScan random_scan(int64_t channels) {
  return {at::randn({kTokens, channels}), at::rand({kTokens, channels}), at::randn({kTokens, 16}),
          at::randn({kTokens, 16}),       -4 * at::rand({16, channels}), at::randn({channels})};
}

// The same bits in one piece, in two, and with other numbers of threads.
template <typename Rows, typename Run>
bool bits_hold(const Rows& rows, const at::Tensor& start, Run run) {
  at::set_num_threads(1);
  at::Tensor state = start.clone(), whole = run(rows, state);
  for (int threads : {2, 3})
    for (int64_t first : {1, 7, 32}) {
      at::set_num_threads(threads);
      at::Tensor other = start.clone(), a = run(part(rows, 0, first), other);
      at::Tensor b = run(part(rows, first, kTokens - first), other);
      if (!same_bits(at::cat({a, b}), whole) || !same_bits(other, state)) return false;
    }
  return true;
}

}  // namespace

class RecurrenceTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void linear_recurrences_equal_plain_operations_data() {
    QTest::addColumn<QString>("kind");
    for (const char* kind : {"plain", "shared", "bonus", "delta"})
      QTest::newRow(kind) << QString::fromLatin1(kind);
  }
  void linear_recurrences_equal_plain_operations() {
    QFETCH(QString, kind);
    c10::InferenceMode guard;
    LinearRecurrence rows = random_rows(kind);
    at::Tensor start = at::randn({kHeads, kKeys, kValues});
    at::Tensor state = start.clone(), plain_state = start.clone();
    at::Tensor out = run_recurrence(rows, state);
    at::Tensor plain = run_recurrence_on_device(rows, plain_state);
    QVERIFY(difference(out, plain) < 1e-5 * plain.abs().max().item<double>());
    QVERIFY(difference(state, plain_state) < 1e-5 * plain_state.abs().max().item<double>());
    QVERIFY(bits_hold(rows, start, run_recurrence));
  }

  void scans_equal_plain_operations() {
    c10::InferenceMode guard;
    for (int64_t channels : {5, 16, 75}) {
      SelectiveScan rows = random_scan(channels);
      at::Tensor start = at::randn({16, channels});
      at::Tensor state = start.clone(), plain_state = start.clone();
      at::Tensor out = run_scan(rows, state), plain = run_scan_on_device(rows, plain_state);
      QVERIFY(difference(out, plain) < 1e-5 * plain.abs().max().item<double>());
      QVERIFY(difference(state, plain_state) < 1e-5);
      QVERIFY(bits_hold(rows, start, run_scan));
    }
  }

  void convolution_looks_back_only() {
    c10::InferenceMode guard;
    at::Tensor x = at::randn({20, 6}), weight = at::randn({4, 6}), bias = at::randn({6});
    at::Tensor state = at::zeros({3, 6});
    at::Tensor padded = at::cat({at::zeros({3, 6}), x}).transpose(0, 1).unsqueeze(0);
    at::Tensor want =
        at::conv1d(padded, weight.transpose(0, 1).unsqueeze(1).contiguous(), bias, at::IntArrayRef{1}, at::IntArrayRef{0}, at::IntArrayRef{1}, 6);
    at::Tensor a = causal_convolution(x.narrow(0, 0, 2), weight, bias, state);
    at::Tensor b = causal_convolution(x.narrow(0, 2, 18), weight, bias, state);
    QVERIFY(difference(at::cat({a, b}), want[0].transpose(0, 1)) < 1e-5);
    QVERIFY(same_bits(state, x.narrow(0, 17, 3).contiguous()));
  }

  void rows_are_shifted_by_one() {
    c10::InferenceMode guard;
    at::Tensor x = at::randn({5, 3}), state = at::randn({3}), before = state.clone();
    at::Tensor moved = shifted(x, state);
    QVERIFY(same_bits(moved[0].contiguous(), before));
    QVERIFY(same_bits(moved.narrow(0, 1, 4).contiguous(), x.narrow(0, 0, 4).contiguous()));
    QVERIFY(same_bits(state, x[4].contiguous()));
  }

  // ATen's own functions differ between the numbers that fill a register and the rest.
  void functions_do_not_depend_on_the_place() {
    c10::InferenceMode guard;
    at::Tensor x = 3 * at::randn({97});
    for (const auto& function :
         {exponential, sigmoid, log_sigmoid, silu, softplus, hyperbolic_tangent}) {
      at::Tensor all = function(x);
      for (int64_t i = 0; i < x.numel(); ++i)
        QVERIFY(same_bits(function(x.narrow(0, i, 1)), all.narrow(0, i, 1)));
    }
    at::Tensor far = at::zeros({1}).fill_(200);
    QCOMPARE(softplus(far).item<float>(), 200.0f);
    QCOMPARE(softplus(-far).item<float>(), 0.0f);
    QCOMPARE(log_sigmoid(-far).item<float>(), -200.0f);
    QCOMPARE(sigmoid(-far).item<float>(), 0.0f);
  }
};

QTEST_APPLESS_MAIN(RecurrenceTest)
#include "recurrence_test.moc"
