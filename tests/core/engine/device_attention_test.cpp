// What runs on a device, by its plain products on the CPU, against the CPU's own attention: chunks and
// decode steps, with windows, bent scores and shared documents. Tolerance 2e-6 on values around 1.
// A row's bits do not depend on its batch.
#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/randn.h>

#include <QtTest>
#include <cstring>

#include "core/engine/device_attention.h"

using namespace loom;

namespace {

constexpr int64_t kHeads = 6, kKvHeads = 2, kSize = 16;

struct Filled {
  ComputeDevice device;
  KvSequence sequence{KvShape{1, kKvHeads, kSize, {}}, device};

  // Appends `tokens` random tokens in chunks that end at pages.
  void append(int64_t tokens) {
    while (tokens > 0) {
      int64_t taken = std::min(tokens, kPageTokens - sequence.stored() % kPageTokens);
      sequence.reserve(taken);
      sequence.write(0, at::randn({taken, kKvHeads, kSize}), at::randn({taken, kKvHeads, kSize}));
      tokens -= taken;
    }
  }
};

bool close(const at::Tensor& a, const at::Tensor& b) { return (a - b).abs().max().item<float>() <= 2e-6F; }

bool same_bits(const at::Tensor& a, const at::Tensor& b) {
  at::Tensor left = a.contiguous(), right = b.contiguous();
  return left.nbytes() == right.nbytes() && std::memcmp(left.const_data_ptr(), right.const_data_ptr(), left.nbytes()) == 0;
}

}  // namespace

class DeviceAttentionTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void equalsTheCpu_data();
  void equalsTheCpu();
  void manyHeadsOfOneKeyAreCutIntoRows();
  void bitsOfARowAreItsOwn();
};

void DeviceAttentionTest::equalsTheCpu_data() {
  QTest::addColumn<double>("cap");
  QTest::addColumn<int>("window");
  QTest::newRow("plain") << 0.0 << 0;
  QTest::newRow("window") << 0.0 << 200;
  QTest::newRow("bent scores") << 3.0 << 0;
}

void DeviceAttentionTest::equalsTheCpu() {
  QFETCH(double, cap);
  QFETCH(int, window);
  AttentionSettings settings{0.25, cap, window};
  Filled one;
  one.append(kPageTokens + 100);
  at::Tensor q = at::randn({100, kHeads, kSize});
  QVERIFY(close(chunk_on_device(q, one.sequence, 0, settings), attend_chunk(q, one.sequence, 0, settings)));
  KvSequence first = one.sequence, second = one.sequence;
  std::vector<KvSequence*> both = {&first, &second};
  for (KvSequence* sequence : both) {
    sequence->set_prompt_tokens(700, 600);
    QCOMPARE(sequence->head_tokens(), kPageTokens);
    sequence->reserve(1);
    sequence->write(0, at::randn({1, kKvHeads, kSize}), at::randn({1, kKvHeads, kSize}));
  }
  at::Tensor rows = at::randn({2, kHeads, kSize});
  QVERIFY(close(step_on_device(rows, both, 0, settings), attend_step(rows, both, 0, settings)));
}

// 100 query heads read one key head, as with latent attention: 100 rows are three pieces.
void DeviceAttentionTest::manyHeadsOfOneKeyAreCutIntoRows() {
  for (const AttentionSettings& settings : {AttentionSettings{0.25, 0, 0}, AttentionSettings{0.25, 3, 200}}) {
    Filled one;
    one.append(kPageTokens + 100);
    at::Tensor q = at::randn({100, 100 * kKvHeads, kSize});
    QVERIFY(close(chunk_on_device(q, one.sequence, 0, settings), attend_chunk(q, one.sequence, 0, settings)));
  }
}

void DeviceAttentionTest::bitsOfARowAreItsOwn() {
  AttentionSettings settings{0.25, 0, 0};
  std::vector<std::unique_ptr<Filled>> filled;
  std::vector<KvSequence*> sequences;
  for (int64_t i = 0; i < 11; ++i) {
    filled.push_back(std::make_unique<Filled>());
    if (i % 3 == 1) {
      filled.back()->sequence = filled[static_cast<size_t>(i - 1)]->sequence;  // shares a document
      filled.back()->append(5 + i);
    } else {
      filled.back()->append(1000 + 90 * i);
    }
    filled.back()->sequence.set_prompt_tokens(filled.back()->sequence.stored(), i % 2 ? 900 : 0);
    sequences.push_back(&filled.back()->sequence);
  }
  at::Tensor q = at::randn({11, kHeads, kSize});
  at::Tensor together = step_on_device(q, sequences, 0, settings);
  for (int64_t i = 0; i < 11; ++i) {
    std::vector<KvSequence*> alone = {sequences[static_cast<size_t>(i)]};
    QVERIFY(same_bits(step_on_device(q.narrow(0, i, 1), alone, 0, settings), together.narrow(0, i, 1)));
  }
}

QTEST_APPLESS_MAIN(DeviceAttentionTest)
#include "device_attention_test.moc"
