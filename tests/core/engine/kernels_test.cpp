// Every instruction set against plain loops, every block format against the gguf package
// (tests/golden/make_block_formats.py), and no result may depend on rows or threads.
#include "core/engine/kernels.h"

#include <ATen/Parallel.h>
#include <ATen/ops/randint.h>
#include <ATen/ops/randn.h>
#include <c10/core/InferenceMode.h>

#include <QtTest>
#include <cmath>
#include <cstring>
#include <mutex>
#include <set>
#include <thread>

#include "core/base/random.h"
#include "core/base/text_file.h"
#include "core/engine/attention.h"
#include "core/engine/operations.h"
#include "tests/support/test_folders.h"

using namespace loom;

class KernelsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void blocksWidenAsTheReferenceDoes();
  void productsEqualPlainLoops();
  void attentionEqualsPlainLoops();
  void recurrencesEqualPlainLoops();
  void scansEqualPlainLoops();
  void rowsDoNotDependOnOtherRows();
  void fewRowsOfStoredWeightsEqualWidenedOnes();
  void workIsSpreadOverThreads();
  void bitsDoNotDependOnThreads();
};

namespace {

std::vector<const kernels::Table*> tables() {
  std::vector<const kernels::Table*> found;
  for (const char* name : {"baseline", "avx2", "avx512"})
    if (const kernels::Table* table = kernels::table_named(name)) found.push_back(table);
  return found;
}

const std::pair<const char*, WeightType> kFormats[] = {
    {"Q4_0", WeightType::q4_0}, {"Q4_1", WeightType::q4_1}, {"Q5_0", WeightType::q5_0},
    {"Q5_1", WeightType::q5_1}, {"Q8_0", WeightType::q8_0}, {"Q2_K", WeightType::q2_k},
    {"Q3_K", WeightType::q3_k}, {"Q4_K", WeightType::q4_k}, {"Q5_K", WeightType::q5_k},
    {"Q6_K", WeightType::q6_k}};

std::string bytes_of(const nlohmann::json& hex) {
  return QByteArray::fromHex(QByteArray::fromStdString(hex.get<std::string>())).toStdString();
}

std::vector<float> random_floats(size_t count, uint64_t seed) {
  Random random(seed);
  std::vector<float> values(count);
  for (float& value : values) value = static_cast<float>(random.below(20001)) / 1e4f - 1;
  return values;
}

bool same_bits(const at::Tensor& a, const at::Tensor& b) {
  return a.nbytes() == b.nbytes() &&
         std::memcmp(a.const_data_ptr(), b.const_data_ptr(), a.nbytes()) == 0;
}

}  // namespace

void KernelsTest::blocksWidenAsTheReferenceDoes() {
  auto golden = read_json(testing::source_folder() / "tests" / "golden" / "block_formats.json");
  QVERIFY(golden.has_value());
  for (const kernels::Table* table : tables())
    for (auto [name, type] : kFormats) {
      std::string stored = bytes_of((*golden)[name]["stored"]),
                  want = bytes_of((*golden)[name]["values"]);
      std::vector<float> expected(want.size() / sizeof(float)), values(expected.size());
      std::memcpy(expected.data(), want.data(), want.size());
      table->widen(type, reinterpret_cast<const std::byte*>(stored.data()), values.data(),
                   static_cast<int64_t>(values.size()));
      // One rounding: the reference multiplies some factors in another order.
      for (size_t i = 0; i < values.size(); ++i)
        QVERIFY2(std::abs(values[i] - expected[i]) <= 1.2e-7f * std::abs(expected[i]) + 1e-9f,
                 (std::string(table->name) + " " + name + " " + std::to_string(i)).c_str());
    }
}

// Shapes with remainders of every kind: rows, outputs of a panel, inputs of a register.
void KernelsTest::productsEqualPlainLoops() {
  constexpr int64_t kRows = 17, kOutputs = 75, kInputs = 53;
  std::vector<float> w = random_floats(kOutputs * kInputs, 1),
                     x = random_floats(kRows * kInputs, 2);
  kernels::StoredMatrix matrix{WeightType::f32, reinterpret_cast<const std::byte*>(w.data()),
                               kInputs * 4, kOutputs, kInputs};
  for (const kernels::Table* table : tables()) {
    std::vector<float> few(kRows * kOutputs), many(few.size(), 1.0f);
    std::vector<float> panel(static_cast<size_t>(table->panel_outputs * kInputs)),
        scratch(kOutputs * kInputs);
    table->linear(matrix, nullptr, x.data(), few.data(), 0, kOutputs, kRows, scratch.data());
    for (int64_t n = 0; n < kOutputs; n += table->panel_outputs) {
      table->pack(matrix, n, 0, kInputs, panel.data(), scratch.data());
      table->multiply({panel.data(), kInputs, std::min(table->panel_outputs, kOutputs - n)},
                      x.data(), kInputs, kRows, many.data() + n, kOutputs, true);
    }
    for (int64_t r = 0; r < kRows; ++r)
      for (int64_t n = 0; n < kOutputs; ++n) {
        double sum = 0;
        for (int64_t k = 0; k < kInputs; ++k)
          sum += double{x[static_cast<size_t>(r * kInputs + k)]} *
                 w[static_cast<size_t>(n * kInputs + k)];
        auto at = static_cast<size_t>(r * kOutputs + n);
        QVERIFY2(std::abs(few[at] - sum) < 1e-5 && std::abs(many[at] - 1 - sum) < 1e-5,
                 table->name);
      }
  }
}

// Every remainder of queries, more than share keys at a time, heads and numbers of tokens that fill
// no register, bent scores, and rows that see a part of the page or nothing of it.
void KernelsTest::attentionEqualsPlainLoops() {
  constexpr size_t kTokens = 277, kWidth = 70, kMost = 99;
  const std::vector<float> q = random_floats(kMost * kWidth, 3),
                           k = random_floats(kTokens * kWidth, 4),
                           v = random_floats(kTokens * kWidth, 5);
  for (const kernels::Table* table : tables())
    for (float cap : {0.0f, 2.0f})
      for (bool all : {true, false}) {
        auto score = [&](size_t query, size_t token) {
          double sum = 0;
          for (size_t c = 0; c < kWidth; ++c)
            sum += double{q[query * kWidth + c]} * k[token * kWidth + c];
          return cap > 0 ? cap * std::tanh(sum * 0.25 / cap) : sum * 0.25;
        };
        std::vector<kernels::SeenTokens> seen;
        for (int64_t r = 0; r < int64_t{kMost}; ++r)
          seen.push_back({r % 5 * 57, r % 5 * 57 + r * 31 % 50});
        std::vector<float> whole;  // of all rows in one call: fewer rows give the same bits
        for (int64_t count : {int64_t{kMost}, int64_t{1}, int64_t{2}, int64_t{3}, int64_t{4},
                              int64_t{5}, int64_t{7}}) {
          std::vector<float> out(kMost * kWidth), scratch(kernels::attend_scratch(kWidth));
          std::vector<kernels::PartialAttention> partial(kMost);
          table->attend({k.data(), v.data(), kTokens, kWidth, 0.25f, cap}, q.data(), count,
                        all ? nullptr : seen.data(), out.data(), partial.data(), scratch.data());
          if (count == kMost) whole = out;
          for (size_t r = 0; r < static_cast<size_t>(count); ++r)
            for (size_t c = 0; c < kWidth; ++c) {
              double total = 0, sum = 0;
              for (size_t t = 0; t < kTokens; ++t) {
                const auto at = static_cast<int64_t>(t);
                if (!all && (at < seen[r].begin || at >= seen[r].end)) continue;
                total += std::exp(score(r, t));
                sum += std::exp(score(r, t)) * v[t * kWidth + c];
              }
              const float got = out[r * kWidth + c];
              QCOMPARE(partial[r].sum == 0, total == 0);
              QVERIFY2(total == 0 ? got == 0 : std::abs(got / partial[r].sum - sum / total) < 1e-5,
                       table->name);
              QVERIFY2(got == whole[r * kWidth + c], table->name);
            }
        }
      }
}

// One head of 3 keys and 77 values: registers in fours, alone, and single floats. Plain, with a
// bonus and with a removal.
void KernelsTest::recurrencesEqualPlainLoops() {
  constexpr size_t kTokens = 5, kKeys = 3, kValues = 77;
  std::vector<float> q = random_floats(kTokens * kKeys, 6), k = random_floats(kTokens * kKeys, 7),
                     w = random_floats(kTokens * kKeys, 8), a = random_floats(kTokens * kKeys, 9),
                     b = random_floats(kTokens * kKeys, 10), u = random_floats(kKeys, 11),
                     v = random_floats(kTokens * kValues, 12),
                     start = random_floats(kKeys * kValues, 13);
  for (const kernels::Table* table : tables())
    for (int kind = 0; kind < 3; ++kind) {
      const bool bonus = kind == 1, delta = kind == 2;
      kernels::RecurrentHead head{kKeys, kValues, q.data(), k.data(), v.data(), w.data()};
      if (bonus) head.bonus = u.data();
      if (delta) head.removal = a.data(), head.replacement = b.data();
      head.query_stride = head.key_stride = head.decay_stride = kKeys;
      head.value_stride = kValues, head.decay_step = 1;
      std::vector<float> state = start, out(kTokens * kValues);
      table->recur(head, kTokens, state.data(), out.data());
      std::vector<double> plain(start.begin(), start.end());
      for (size_t t = 0; t < kTokens; ++t)
        for (size_t c = 0; c < kValues; ++c) {
          double found = 0, read = 0;
          for (size_t i = 0; i < kKeys; ++i) found += a[t * kKeys + i] * plain[i * kValues + c];
          for (size_t i = 0; i < kKeys; ++i) {
            double& place = plain[i * kValues + c];
            const double added = double{k[t * kKeys + i]} * v[t * kValues + c];
            if (bonus) read += q[t * kKeys + i] * (place + u[i] * added);
            place = w[t * kKeys + i] * place + added + (delta ? b[t * kKeys + i] * found : 0);
            if (!bonus) read += q[t * kKeys + i] * place;
          }
          QVERIFY2(std::abs(out[t * kValues + c] - read) < 1e-5, table->name);
        }
      for (size_t i = 0; i < plain.size(); ++i)
        QVERIFY2(std::abs(state[i] - plain[i]) < 1e-5, table->name);
    }
}

void KernelsTest::scansEqualPlainLoops() {
  constexpr size_t kTokens = 5, kChannels = 37, kStates = 3;
  std::vector<float> x = random_floats(kTokens * kChannels, 14),
                     step = random_floats(kTokens * kChannels, 15),
                     in = random_floats(kTokens * kStates, 16),
                     out = random_floats(kTokens * kStates, 17),
                     rate = random_floats(kStates * kChannels, 18),
                     skip = random_floats(kChannels, 19),
                     start = random_floats(kStates * kChannels, 20);
  for (float& value : step) value = std::abs(value);
  for (float& value : rate) value = -std::abs(value);
  for (const kernels::Table* table : tables()) {
    std::vector<float> state = start, y(kTokens * kChannels);
    table->selective_scan({kChannels, kStates, x.data(), step.data(), rate.data(), skip.data(),
                           in.data(), out.data(), kStates, state.data(), y.data()},
                          kTokens, 0, kChannels);
    std::vector<double> plain(start.begin(), start.end());
    for (size_t t = 0; t < kTokens; ++t)
      for (size_t c = 0; c < kChannels; ++c) {
        const size_t at = t * kChannels + c;
        double sum = skip[c] * x[at];
        for (size_t n = 0; n < kStates; ++n) {
          double& place = plain[n * kChannels + c];
          place = std::exp(double{step[at]} * rate[n * kChannels + c]) * place +
                  step[at] * x[at] * in[t * kStates + n];
          sum += place * out[t * kStates + n];
        }
        QVERIFY2(std::abs(y[at] - sum) < 1e-5, table->name);
      }
    for (size_t i = 0; i < plain.size(); ++i)
      QVERIFY2(std::abs(state[i] - plain[i]) < 1e-5, table->name);
  }
}

void KernelsTest::rowsDoNotDependOnOtherRows() {
  c10::InferenceMode guard;
  at::Tensor x = at::randn({96, 160}), weight = at::randn({203, 160});
  for (bool decode : {false, true}) {
    at::Tensor all = linear(x, weight, {}, decode);
    for (int64_t rows : {1, 2, 3, 5, 9, 31}) {
      if (!decode && rows <= 8) continue;
      QVERIFY(
          same_bits(linear(x.narrow(0, 40, rows), weight, {}, decode), all.narrow(0, 40, rows)));
    }
  }
}

// Stored blocks and 16-bit numbers, few rows at a time, give the bits of what they are widened to.
void KernelsTest::fewRowsOfStoredWeightsEqualWidenedOnes() {
  c10::InferenceMode guard;
  constexpr int64_t kOutputs = 203, kInputs = 512;
  at::Tensor x = at::randn({13, kInputs}), halves = at::randn({kOutputs, kInputs}).to(at::kHalf);
  for (auto [name, type] : kFormats) {
    const BlockLayout layout = block_layout(type);
    const auto row =
        kInputs / static_cast<int64_t>(layout.elements) * static_cast<int64_t>(layout.bytes);
    // Small bytes: scales stay finite.
    at::Tensor stored = at::randint(0, 64, {kOutputs, row}).to(at::kByte);
    at::Tensor widened = at::empty({kOutputs, kInputs});
    kernels::table().widen(type, static_cast<const std::byte*>(stored.const_data_ptr()),
                           widened.mutable_data_ptr<float>(), widened.numel());
    for (int64_t rows : {1, 2, 3, 4, 7, 13})
      QVERIFY2(same_bits(linear(x.narrow(0, 0, rows), stored, {}, true, type),
                         linear(x.narrow(0, 0, rows), widened, {}, true)),
               name);
  }
  for (int64_t rows : {1, 6, 13})
    QVERIFY(same_bits(linear(x.narrow(0, 0, rows), halves, {}, true),
                      linear(x.narrow(0, 0, rows), halves.to(at::kFloat), {}, true)));
}

void KernelsTest::bitsDoNotDependOnThreads() {
  c10::InferenceMode guard;
  at::Tensor x = at::randn({130, 800}), weight = at::randn({331, 800}).to(at::kHalf);
  at::Tensor q = at::randn({130, 6, 64}), k = at::randn({130, 2, 64}), v = at::randn({130, 2, 64});
  ComputeDevice device;
  KvShape shape;
  shape.layers = 1, shape.kv_heads = 2, shape.head_dim = 64;
  KvSequence sequence(shape, device);
  sequence.reserve(130);
  sequence.write(0, k, v);
  KvSequence* one[] = {&sequence};
  std::vector<std::vector<at::Tensor>> runs;
  for (int threads : {1, 2, 3}) {
    at::set_num_threads(threads);
    AttentionSettings settings{0.125, 0, 0};
    runs.push_back({linear(x, weight, {}, false), linear(x.narrow(0, 0, 3), weight, {}, true),
                    attend_chunk(q, sequence, 0, settings),
                    attend_step(q.narrow(0, 129, 1), one, 0, settings)});
  }
  for (size_t run = 1; run < runs.size(); ++run)
    for (size_t part = 0; part < runs[0].size(); ++part)
      QVERIFY(same_bits(runs[run][part], runs[0][part]));
}

// Without OpenMP at::parallel_for is a plain loop, and nothing else would tell.
void KernelsTest::workIsSpreadOverThreads() {
  at::set_num_threads(3);
  std::set<std::thread::id> seen;
  std::mutex guard;
  at::parallel_for(0, 300, 1, [&](int64_t, int64_t) {
    std::lock_guard lock(guard);
    seen.insert(std::this_thread::get_id());
  });
  QCOMPARE(seen.size(), size_t{3});
}

QTEST_APPLESS_MAIN(KernelsTest)
#include "kernels_test.moc"
