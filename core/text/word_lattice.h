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

  // Open addressing over node << 32 | character; a key of 0 is free. A third of it is used at most.
  struct Child {
    uint64_t key = 0;
    uint32_t node = 0;
  };
  size_t slot(uint64_t key) const;

  std::vector<Child> children_;
  std::vector<double> counts_ = {0};  // per node; 0: only the start of words
  std::vector<double> logs_;          // log of count over total, where there is a count
  double total_ = 0, log_one_ = 0;
  std::array<std::unordered_map<char32_t, double>, 4> emissions_;
};

}  // namespace loom
