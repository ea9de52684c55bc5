// How much memory keys and values may take. One rule for the engine, which keeps to it, and for the
// forecast, which must say beforehand what a run will take.
#pragma once

#include <algorithm>
#include <cstdint>

namespace loom {

// Tokens of one page of keys and values. Prompts share whole pages, so these are the canonical cut
// points as well.
inline constexpr int64_t kPageTokens = 512;
inline constexpr uint64_t kAnswersDecodedTogether = 8;

struct CacheBudget {
  uint64_t prefixes = 0;  // kept for prompts to come: the longest path of the batch stays resident
  uint64_t answers = 0;   // of prompts that are decoded together; one more may start below it
};

// sequence_bytes: keys and values of the longest prompt with its answer. Decoding reads all weights
// once per step, so answers worth half the weights' memory already share most of that cost.
inline CacheBudget cache_budget(uint64_t sequence_bytes, uint64_t weight_bytes) {
  constexpr uint64_t kLeast = uint64_t{256} << 20;
  return {std::max(sequence_bytes, kLeast), std::max(weight_bytes / 2, kLeast)};
}

// What both take at most when many prompts of that length are answered. Prompts at work are the
// most recent prefixes, so the larger of the two holds the other.
inline uint64_t cache_bytes_at_work(uint64_t sequence_bytes, uint64_t weight_bytes) {
  CacheBudget budget = cache_budget(sequence_bytes, weight_bytes);
  uint64_t together = sequence_bytes == 0
                          ? 0
                          : std::min(kAnswersDecodedTogether, budget.answers / sequence_bytes + 1);
  return std::max(budget.prefixes, together * sequence_bytes);
}

}  // namespace loom
