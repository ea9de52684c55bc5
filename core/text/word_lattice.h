// The dictionary and character model behind chinese_words.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/result.h"

namespace loom {

// States of a character in a word: at its beginning, at its end, in the middle, a word alone.
enum class WordState { begin, end, middle, single };

class WordLattice {
 public:
  // `folder` holds dict.txt and finalseg/prob_emit.py.
  static Result<WordLattice> read(const std::filesystem::path& folder);

  // Ends (one past the last character) of the words of the most probable path.
  std::vector<size_t> best_path(std::u32string_view text) const;
  bool has_word(std::u32string_view text) const;
  // Ends of the words that the character model finds in a run of ideographs.
  std::vector<size_t> unknown_words(std::u32string_view text) const;

 private:
  void add(const std::string& line);
  Status read_emissions(const std::filesystem::path& file);
  uint32_t child(uint32_t node, char32_t character) const;  // 0: none
  double emission(WordState state, char32_t character) const;

  std::unordered_map<uint64_t, uint32_t> children_;  // node << 32 | character
  std::vector<double> counts_ = {0};                 // per node; 0: only the start of words
  double total_ = 0;
  std::array<std::unordered_map<char32_t, double>, 4> emissions_;
};

}  // namespace loom
