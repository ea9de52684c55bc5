// Sentences that hide needles: an endless row of them, cut to a token count.
#pragma once

#include "core/base/random.h"
#include "core/benchmarks/benchmark.h"
#include "core/benchmarks/token_pieces.h"

namespace loom {

enum class SentenceOrder { as_given, shuffled };

class Haystack {
 public:
  // Repeats the sentences until they hold `most_tokens`; shuffled: each round in a new order.
  Haystack(std::vector<Piece> sentences, size_t most_tokens, SentenceOrder order, Random random);

  // Whole sentences that together have at most `tokens`, the last chosen to come nearest.
  std::vector<const Piece*> take(size_t tokens) const;
  const Piece& stand_in() const { return sentences_.front(); }

 private:
  std::vector<Piece> sentences_;
  std::vector<uint32_t> row_;      // indices of sentences
  std::vector<size_t> sums_;       // tokens of the first n of the row
  std::vector<uint32_t> by_size_;  // indices, rising tokens
};

// The place behind the last sentence that ends at or before that percentage of their tokens.
size_t position_at_depth(const std::vector<const Piece*>& sentences, int depth);

// Something put before the sentence of that number.
struct Insertion {
  size_t position = 0;
  std::string text;
  size_t label = 0;  // for the caller, to know it again
  size_t space = 1;  // bytes of the separator that the text begins with
};

// Appends sentences and insertions (sorted by position) to `text`; the spans stand in the order of
// the insertions and leave out their separator.
std::vector<ByteSpan> append_haystack(std::string& text, const std::vector<const Piece*>& sentences,
                                      const std::vector<Insertion>& insertions);

}  // namespace loom
