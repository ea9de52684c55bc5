// Counting-Stars' document: a text with sentences at the places that the authors' generator gives
// them, counted in words or in characters, and what it costs in tokens.
#pragma once

#include <string>
#include <vector>

#include "core/benchmarks/benchmark.h"
#include "core/benchmarks/token_pieces.h"

namespace loom {

enum class StarUnit { word, character };

// After how many of the text's first `units` units each sentence stands. The authors insert one
// after the other at i · step + step + i · (length of the sentence i) of the text as it has become,
// step = units / number; here the places are those of the bare text. Where that would put one into
// the one before, it stands right behind it.
std::vector<size_t> star_places(StarUnit unit, size_t units, const std::vector<std::string>& stars);

class StarText {
 public:
  // Words are what single spaces part; the text is valid UTF-8.
  StarText(const Tokenizer& tokenizer, std::string text, StarUnit unit, std::stop_token stop);

  size_t units() const { return places_.size() - 1; }
  StarUnit unit() const { return unit_; }
  // A place to begin at: behind the first end of a sentence at or after that unit, or the unit
  // itself where none follows.
  size_t sentence_start(size_t unit) const;

  // Tokens of write() with `tail` behind it, by arithmetic: whole stretches are summed, what a
  // sentence touches is measured with it.
  size_t tokens(size_t first, size_t count, const std::vector<std::string>& stars,
                const std::string& tail) const;
  // The text's units first … first + count - 1 with the sentences; in English a sentence takes the
  // place of the space at its place.
  std::string write(size_t first, size_t count, const std::vector<std::string>& stars,
                    std::vector<ByteSpan>* spans = nullptr) const;

 private:
  size_t stretch_at(size_t byte) const;  // the one that holds the byte
  std::vector<size_t> cuts(size_t first, size_t count, const std::vector<std::string>& stars) const;
  size_t behind(size_t cut) const;  // the byte at which the text goes on
  void measure(std::stop_token stop);

  const std::string text_;
  const StarUnit unit_;
  const PieceMeter meter_, opening_meter_;
  std::vector<size_t> places_;     // the byte behind each unit, and 0 before the first
  std::vector<size_t> stretches_;  // first bytes of stretches whose tokens add up, and the end
  std::vector<size_t> sums_;       // tokens before each stretch
};

}  // namespace loom
