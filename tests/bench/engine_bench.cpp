// How fast the engine computes a model, the default one unless told: prefill at several lengths,
// decoding at two depths, and several sequences on one shared prompt. Beside it what a plain matrix
// product and memory reach here.
//   engine_bench [LONGEST_PROMPT [MODEL]]     4096 unless told
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

#include <cstdio>
#include <cstdlib>

#include "core/base/random.h"
#include "core/models/in_process_server.h"
#include "tests/bench/calibration.h"
#include "tests/support/test_folders.h"

using namespace loom;

namespace {

double matmul_gigaflops() {
  c10::InferenceMode guard;
  constexpr int64_t kSize = 1024;
  const auto a = at::randn({kSize, kSize}), b = at::randn({kSize, kSize});
  const double seconds = bench::quickest(5, [&] { (void)at::mm(a, b); });
  return 2.0 * kSize * kSize * kSize / seconds / 1e9;
}

GenerationRequest request(uint64_t id, size_t shared, size_t own, int new_tokens) {
  GenerationRequest one;
  one.id = id;
  Random same(shared), different(id + 1000);
  for (size_t i = 0; i < shared; ++i) one.ids.push_back(static_cast<TokenId>(100 + same.below(30'000)));
  for (size_t i = 0; i < own; ++i) one.ids.push_back(static_cast<TokenId>(100 + different.below(30'000)));
  one.context_end = own > 0 ? shared : 0;
  one.max_new_tokens = new_tokens;
  one.ignore_eos = true;
  return one;
}

struct Measured {
  double wall = 0, prefill = 0, decode = 0;
  size_t prefilled = 0, generated = 0;
};

// A fresh server, so that nothing is found in a cache.
Measured measure(const std::string& model, const std::vector<GenerationRequest>& requests) {
  InProcessServer server;
  if (auto loaded = server.load({model, "cpu", 0}, {}); !loaded) {
    std::puts(describe(loaded.error()).c_str());
    std::exit(1);
  }
  Measured measured;
  GenerationObserver observer;
  observer.finished = [&](uint64_t, Result<GenerationResult> result) {
    if (!result) return;
    measured.prefill += result->timings.prefill_new_s;
    measured.decode += result->timings.decode_s;
    measured.prefilled += result->tokens_prefilled;
    measured.generated += result->ids.size();
  };
  const auto start = bench::Clock::now();
  (void)server.generate(requests, observer, {});
  measured.wall = bench::since(start);
  return measured;
}

}  // namespace

int main(int argc, char** argv) {
  auto model = testing::default_model();
  if (argc > 2) model = argv[2];
  if (!model) return std::puts("the default model is not here"), 0;
  const size_t longest = argc > 1 ? static_cast<size_t>(std::atoi(argv[1])) : 4096;
  std::printf("calibration: matrix product %.1f GFLOP/s on %d threads, memcpy %.1f GB/s\n",
              matmul_gigaflops(), at::get_num_threads(), bench::copy_gigabytes_per_second());
  std::printf("%-34s %12s\n", "", "tokens/s");
  for (size_t length : {size_t{512}, size_t{1024}, longest}) {
    if (length > longest) continue;
    const Measured one = measure(model->string(), {request(0, length, 0, 1)});
    std::printf("prefill %-26zu %12.1f\n", length, static_cast<double>(one.prefilled) / one.prefill);
  }
  for (size_t depth : {size_t{1}, longest}) {
    const Measured one = measure(model->string(), {request(0, depth, 0, 32)});
    std::printf("decode at depth %-18zu %12.1f\n", depth, static_cast<double>(one.generated) / one.decode);
  }
  std::vector<GenerationRequest> together;
  for (uint64_t id = 0; id < 8; ++id) together.push_back(request(id, longest, 16, 32));
  const Measured all = measure(model->string(), together);
  std::printf("8 sequences on %zu tokens: %.1f s, %zu tokens computed of %zu, %.1f new tokens/s\n",
              longest, all.wall, all.prefilled, 8 * (longest + 16),
              static_cast<double>(all.generated) / std::max(all.wall - all.prefill, 1e-9));
  return 0;
}
