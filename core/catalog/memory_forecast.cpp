#include <algorithm>
#include <limits>

#include "core/base/cache_budget.h"
#include "core/catalog/local_models.h"

namespace loom {
namespace {

// CPU arithmetic is fp32, whatever the weights are stored as.
constexpr uint64_t kBytesPerNumber = 4;
constexpr uint64_t kChunkTokens = 512;
constexpr uint64_t kLargest = std::numeric_limits<uint64_t>::max() / 8;

uint64_t times(uint64_t a, uint64_t b) {
  uint64_t product;
  return __builtin_mul_overflow(a, b, &product) ? kLargest : std::min(product, kLargest);
}

uint64_t sum(uint64_t a, uint64_t b) {
  return a > kLargest - std::min(b, kLargest) ? kLargest : a + b;
}

// Of one layer's keys and values, or of the one row that serves as both.
uint64_t row_numbers(const LocalModel& model) {
  return model.latent_width > 0 ? model.latent_width
                                : times(2, times(model.kv_heads, model.head_dim));
}

// An encoder reads a text whole: hidden states of every layer, and of one layer the scores of all
// heads as they are computed, scaled and made to sum to one.
uint64_t encoder_working_bytes(const LocalModel& model, uint64_t tokens) {
  const uint64_t rows = times(tokens, times(sum(model.layers, kRowsPerToken + 1), model.hidden)),
                 scores = times(3, times(model.heads, times(tokens, tokens)));
  return times(kBytesPerNumber, sum(rows, scores));
}

// What one chunk's rows need beyond the rule of cache_budget.h, where heads together or the
// feed-forward part are wider than it takes for granted. Attention holds queries as they were
// projected and by head and its result in both orders; a gated block gate, up and their product.
uint64_t wide_rows(const LocalModel& model, uint64_t chunk) {
  const uint64_t head = model.latent_width > 0 ? model.latent_width : model.head_dim;
  const uint64_t attention = sum(times(2, model.hidden), times(4, times(model.heads, head))),
                 block = sum(times(4, model.hidden), times(3, model.feed_forward)),
                 usual = times(kRowsPerToken, model.hidden), most = std::max(attention, block);
  return most > usual ? times(kBytesPerNumber, times(chunk, most - usual)) : 0;
}

}  // namespace

uint64_t kv_bytes(const LocalModel& model, size_t sequence_tokens) {
  if (!model.answers) return 0;  // an encoder keeps none
  const uint64_t pages = sequence_tokens / kPageTokens + (sequence_tokens % kPageTokens != 0);
  const uint64_t per_token = times(kBytesPerNumber, times(model.layers, row_numbers(model)));
  return times(times(pages, kPageTokens), per_token);
}

uint64_t working_bytes(const LocalModel& model, size_t sequence_tokens) {
  if (!model.answers) return encoder_working_bytes(model, sequence_tokens);
  const uint64_t chunk = std::min<uint64_t>(kChunkTokens, std::max<size_t>(sequence_tokens, 1));
  const uint64_t usual =
      workspace_bytes(model.hidden, model.vocabulary, kChunkTokens, kBytesPerNumber);
  if (model.recurrent) return usual;
  return sum(usual, wide_rows(model, chunk));
}

MemoryForecast forecast_memory(const LocalModel& model, size_t sequence_tokens) {
  MemoryForecast forecast;
  forecast.program = kProgramBytes;
  forecast.weights = model.held_bytes();
  if (model.answers)
    forecast.kv_cache = cache_bytes_at_work(kv_bytes(model, sequence_tokens), forecast.weights);
  forecast.workspace = working_bytes(model, sequence_tokens);
  return forecast;
}

}  // namespace loom
