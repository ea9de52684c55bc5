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
// Code and tables of the engine with its libraries, measured.
inline constexpr uint64_t kProgramBytes = uint64_t{150} << 20;
// Rows of hidden size alive at once in one chunk: residual, normed input, query, key, value,
// attention output, and gate, up and product of a feed-forward part four times as wide.
inline constexpr uint64_t kRowsPerToken = 18;

// Beside weights, keys and values: one chunk on its way through a layer, and logits.
inline uint64_t workspace_bytes(uint64_t hidden, uint64_t vocabulary, uint64_t chunk_tokens,
                                uint64_t bytes_per_number) {
  constexpr uint64_t kMost = uint64_t{1} << 32;  // what a file says may be anything
  return chunk_tokens * kRowsPerToken * std::min(hidden, kMost) * bytes_per_number +
         kAnswersDecodedTogether * std::min(vocabulary, kMost) * sizeof(float);
}

struct CacheBudget {
  uint64_t prefixes = 0;  // kept for prompts to come: the longest path of the batch stays resident
  uint64_t answers = 0;   // of prompts that are decoded together, see joins_answers()
};

// sequence_bytes: keys and values of the longest prompt with its answer. Decoding reads all weights
// once per step, so answers worth half the weights' memory already share most of that cost.
inline CacheBudget cache_budget(uint64_t sequence_bytes, uint64_t weight_bytes) {
  constexpr uint64_t kLeast = uint64_t{256} << 20;
  return {std::max(sequence_bytes, kLeast), std::max(weight_bytes / 2, kLeast)};
}

// Whether an answer is decoded beside others that hold `held` bytes, where it would add so many. One
// that shares nearly all of its prompt with them costs next to nothing.
inline bool joins_answers(const CacheBudget& budget, uint64_t held, uint64_t added) {
  return held < budget.answers || added <= budget.answers / kAnswersDecodedTogether;
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
