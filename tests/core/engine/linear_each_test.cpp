// Products of one x with several matrices equal those of linear(), bit by bit, for few rows and for
// many, whatever the number of threads.
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/randn.h>

#include <QtTest>
#include <cstring>

#include "core/engine/operations.h"

using namespace loom;

class LinearEachTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void equals_linear_data() {
    QTest::addColumn<int64_t>("rows");
    QTest::addColumn<bool>("decode");
    for (int64_t rows : {1, 3, 8, 9, 40})
      for (bool decode : {false, true})
        QTest::addRow("%d rows%s", static_cast<int>(rows), decode ? " decoded" : "")
            << rows << decode;
  }

  void equals_linear() {
    QFETCH(int64_t, rows);
    QFETCH(bool, decode);
    at::manual_seed(7);
    const at::Tensor x = at::randn({rows, 576}), none;
    const at::Tensor q = at::randn({576, 576}).to(at::kHalf), k = at::randn({193, 576}),
                     v = at::randn({1, 576}).to(at::kBFloat16), bias = at::randn({193});
    const std::vector<Factor> factors = {
        {q, none, WeightType::f32}, {k, bias, WeightType::f32}, {v, none, WeightType::f32}};
    const int before = at::get_num_threads();
    for (int threads : {1, 2, 3}) {
      at::set_num_threads(threads);
      const auto all = linear_each(x, factors, decode);
      QCOMPARE(all.size(), factors.size());
      for (size_t i = 0; i < all.size(); ++i) {
        const Factor& one = factors[i];
        const at::Tensor alone = linear(x, one.weight, one.bias, decode, one.blocks);
        QVERIFY(alone.sizes() == all[i].sizes());
        QVERIFY(std::memcmp(alone.const_data_ptr(), all[i].const_data_ptr(), alone.nbytes()) == 0);
      }
    }
    at::set_num_threads(before);
  }
};

QTEST_APPLESS_MAIN(LinearEachTest)
#include "linear_each_test.moc"
