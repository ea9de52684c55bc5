// A compiled character map of SentencePiece: a double-array trie of texts to replace and what
// replaces them, as trained models carry it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/tokenizer/normaliser.h"

namespace loom {

class CharacterMap {
 public:
  // An empty blob maps nothing.
  static Result<CharacterMap> parse(std::string_view blob, const std::string& where);
  struct Match {
    size_t bytes = 0;
    std::string_view replacement;
  };
  std::optional<Match> longest(std::string_view text) const;
  std::optional<Match> shortest(std::string_view text) const;

 private:
  template <typename Found>
  void prefixes(std::string_view text, Found found) const;
  std::string_view replacement(uint32_t at) const;
  std::vector<uint32_t> units_;
  std::string texts_;  // each ends with NUL
};

// As tokenizer.json's Precompiled: short grapheme clusters whole, else each character, and of several
// keys that fit the shortest.
Normaliser precompiled_normaliser(CharacterMap map);

}  // namespace loom
