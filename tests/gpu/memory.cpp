// With little memory left on the device (the rest is taken here first): what fits once cached
// prefixes are dropped is answered, what never fits fails alone and with its reason, and the model
// goes on answering.
#include <ATen/ops/empty.h>

#include <cstdio>

#include "core/engine/memory.h"
#include "tests/gpu/check.h"

namespace loom::gpu {

void check_memory(Report& report, const Settings& settings) {
  if (settings.models.empty() || settings.device == "cpu") return;
  auto server = open_server(settings.models[0], settings.device);
  if (!server) return report.row("memory", settings.models[0].filename(), false, "does not load");
  const CausalModel& model = *server->model();
  const ComputeDevice& device = model.device();
  constexpr double kLeft = 2e9;
  auto taken = static_cast<int64_t>(static_cast<double>(free_bytes(device)) - kLeft);
  at::Tensor ballast =
      at::empty({taken}, at::TensorOptions().device(device.device).dtype(at::kByte));
  const auto left = static_cast<double>(free_bytes(device));
  double per_token = static_cast<double>(model.shape().kv.page_bytes(device.dtype)) / kPageTokens;
  auto vocabulary = static_cast<size_t>(model.shape().vocabulary);
  auto request = [&](double share, uint64_t seed) {
    GenerationRequest one;
    one.ids = random_ids(static_cast<size_t>(share * left / per_token), vocabulary, seed);
    one.max_new_tokens = 4;
    return one;
  };
  std::vector<std::string> notices;
  auto results = answers(*server, {request(0.55, 1), request(0.55, 2), request(1.3, 3), request(0.05, 4)}, &notices);
  char figures[160];
  std::snprintf(figures, sizeof figures, "%.0f MiB left, prompts of %.0f and %.0f tokens, %zu notices", left / (1 << 20),
                0.55 * left / per_token, 1.3 * left / per_token, notices.size());
  bool fine = results[0] && results[1] && results[3] && !results[2] &&
              results[2].error().kind == ErrorKind::out_of_memory && !notices.empty();
  report.row("memory", settings.models[0].filename(), fine, figures);
  for (const std::string& notice : notices) std::printf("     notice: %s\n", notice.c_str());
  for (size_t i = 0; i < results.size(); ++i)
    if (!results[i]) std::printf("     sample %zu: %s\n", i, describe(results[i].error()).c_str());
}

}  // namespace loom::gpu
