#include <limits>

#include "core/base/cache_budget.h"
#include "core/catalog/local_models.h"

namespace loom {
namespace {

// CPU arithmetic is fp32. Decoders keep their weights as stored; models without attention heads
// widen them when they are loaded.
constexpr uint64_t kBytesPerNumber = 4;
constexpr uint64_t kChunkTokens = 512;
// Rows of hidden size alive at once in one chunk: residual, normed input, query, key, value,
// attention output, and gate, up and product of a feed-forward part four times as wide.
constexpr uint64_t kRowsPerToken = 18;

uint64_t times(uint64_t a, uint64_t b) {
  uint64_t product;
  return __builtin_mul_overflow(a, b, &product) ? std::numeric_limits<uint64_t>::max() / 8
                                                : product;
}

// Code and tables of the engine with its libraries, measured.
constexpr uint64_t kProgramBytes = uint64_t{150} << 20;

}  // namespace

uint64_t kv_bytes(const LocalModel& model, size_t sequence_tokens) {
  const uint64_t pages = sequence_tokens / kPageTokens + (sequence_tokens % kPageTokens != 0);
  const uint64_t per_token =
      2 * kBytesPerNumber * times(model.layers, times(model.kv_heads, model.head_dim));
  return times(pages * kPageTokens, per_token);
}

MemoryForecast forecast_memory(const LocalModel& model, size_t sequence_tokens) {
  MemoryForecast forecast;
  forecast.program = kProgramBytes;
  forecast.weights = model.kv_heads > 0 || model.recurrent
                         ? model.file_bytes
                         : times(model.parameters, kBytesPerNumber);
  forecast.kv_cache = cache_bytes_at_work(kv_bytes(model, sequence_tokens), forecast.weights);
  const uint64_t logits = times(times(model.vocabulary, kBytesPerNumber), kAnswersDecodedTogether);
  forecast.workspace =
      times(times(kChunkTokens * kRowsPerToken, model.hidden), kBytesPerNumber) + logits;
  return forecast;
}

}  // namespace loom
