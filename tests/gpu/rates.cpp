// Prefill and decode rates of one model on one device, as rows that hf_rates.py prints in the same form.
//   gpu_rates MODEL DEVICE LENGTH...
// Exit code 0, 1 when a prompt was not answered, 77 when there is no such device.
#include <c10/core/InferenceMode.h>

#include <cstdio>
#include <cstdlib>

#include "core/engine/memory.h"
#include "tests/gpu/check.h"

using namespace loom;

namespace {

constexpr int kSteps = 32;

struct Measured {
  double prefill = 0, decode = 0;  // seconds
  size_t answered = 0, tokens = 0;
};

Measured ask(Generator& generator, const CausalModel& model, size_t length, size_t rows) {
  generator.prefixes().clear();
  auto vocabulary = static_cast<size_t>(model.shape().vocabulary);
  std::vector<GenerationRequest> requests;
  for (uint64_t id = 0; id < rows; ++id) {
    GenerationRequest one;
    one.id = id;
    one.ids = gpu::random_ids(length, vocabulary, 1);
    if (rows > 1) {
      one.context_end = length;
      for (TokenId own : gpu::random_ids(16, vocabulary, id)) one.ids.push_back(own);
    }
    one.max_new_tokens = kSteps + 1;
    one.ignore_eos = true;
    requests.push_back(std::move(one));
  }
  Measured measured;
  GenerationObserver observer;
  observer.finished = [&](uint64_t, Result<GenerationResult> result) {
    if (!result) return void(std::printf("     %s\n", describe(result.error()).c_str()));
    measured.prefill += result->timings.prefill_new_s;
    measured.decode += result->timings.decode_s;
    measured.tokens += result->ids.size() - 1;
    ++measured.answered;
  };
  if (Status status = generator.generate(requests, observer, {}); !status) std::puts(describe(status.error()).c_str());
  return measured;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return std::puts("gpu_rates MODEL DEVICE LENGTH..."), 2;
  auto device = open_device(argv[2]);
  if (!device) return std::printf("skipped: no CUDA device (%s)\n", describe(device.error()).c_str()), gpu::kSkipped;
  c10::InferenceMode inference;
  auto opened = open_model(argv[1]);
  if (!opened) return std::puts(describe(opened.error()).c_str()), 1;
  auto model = load_model(*opened, *device);
  if (!model) return std::puts(describe(model.error()).c_str()), 1;
  GeneratorLimits limits;
  Generator generator(**model, nullptr, {}, limits);
  size_t unanswered = 0;
  (void)ask(generator, **model, 2304, 1);  // libraries are set up, memory is taken
  for (int i = 3; i < argc; ++i) {
    size_t length = std::strtoull(argv[i], nullptr, 10);
    reset_peak(*device);
    Measured one = ask(generator, **model, length, 1);
    if (one.answered == 0) {
      ++unanswered;
      continue;
    }
    std::printf("rate loomscope %8zu prefill %10.1f tok/s  decode %8.1f tok/s  peak %.2f GiB\n", length,
                static_cast<double>(length) / one.prefill, static_cast<double>(one.tokens) / one.decode,
                static_cast<double>(peak_bytes(*device)) / (1u << 30));
    std::fflush(stdout);
    if (length > 40000) continue;
    Measured eight = ask(generator, **model, length, 8);
    unanswered += 8 - eight.answered;
    if (eight.answered == 0) continue;
    std::printf("rate loomscope %8zu decode of 8 on one prompt %8.1f tok/s in all\n", length,
                static_cast<double>(eight.tokens) / eight.decode);
    std::fflush(stdout);
  }
  leave(unanswered > 0 ? 1 : 0);
}
