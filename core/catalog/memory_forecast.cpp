#include <limits>

#include "core/base/cache_budget.h"
#include "core/catalog/local_models.h"

namespace loom {
namespace {

// CPU arithmetic is fp32. Decoders keep their weights as stored; models without attention heads
// widen them when they are loaded.
constexpr uint64_t kBytesPerNumber = 4;
constexpr uint64_t kChunkTokens = 512;

uint64_t times(uint64_t a, uint64_t b) {
  uint64_t product;
  return __builtin_mul_overflow(a, b, &product) ? std::numeric_limits<uint64_t>::max() / 8
                                                : product;
}

}  // namespace

uint64_t kv_bytes(const LocalModel& model, size_t sequence_tokens) {
  if (!model.answers) return 0;  // an encoder keeps none
  const uint64_t pages = sequence_tokens / kPageTokens + (sequence_tokens % kPageTokens != 0);
  const uint64_t numbers = model.latent_width > 0
                               ? model.latent_width
                               : times(2, times(model.kv_heads, model.head_dim));
  const uint64_t per_token = times(kBytesPerNumber, times(model.layers, numbers));
  return times(pages * kPageTokens, per_token);
}

MemoryForecast forecast_memory(const LocalModel& model, size_t sequence_tokens) {
  MemoryForecast forecast;
  forecast.program = kProgramBytes;
  forecast.weights = model.kv_heads > 0 || model.recurrent
                         ? model.file_bytes
                         : times(model.parameters, kBytesPerNumber);
  forecast.kv_cache = cache_bytes_at_work(kv_bytes(model, sequence_tokens), forecast.weights);
  forecast.workspace =
      workspace_bytes(model.hidden, model.vocabulary, kChunkTokens, kBytesPerNumber);
  return forecast;
}

}  // namespace loom
