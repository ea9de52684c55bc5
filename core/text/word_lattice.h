// The dictionary and character model behind chinese_words.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace loom {

class WordLattice {
 public:
  // `folder` holds dict.txt and finalseg/prob_emit.py.
  static Result<WordLattice> read(const std::filesystem::path& folder);

  // What a text is worked on with; kept from one to the next, so that short ones allocate nothing.
  struct Scratch {
    std::vector<double> score;
    std::vector<uint32_t> next;
    std::vector<size_t> ends;
    std::vector<std::array<double, 4>> value;
    std::vector<std::array<uint8_t, 4>> from;
  };
  // Ends (one past the last character) of the words of the most probable path. They stay in the
  // scratch until the next call of the same function with it.
  const std::vector<size_t>& best_path(std::u32string_view text, Scratch& scratch) const;
  bool has_word(std::u32string_view text) const;
  // Adds the ends of the words that the character model finds in a run of ideographs, `offset`
  // characters on.
  void unknown_words(std::u32string_view text, size_t offset, Scratch& scratch,
                     std::vector<size_t>& ends) const;

 private:
  // A beginning of words. The ways to go on from it stand side by side, in the order of their
  // characters, from its own first to the next node's.
  struct Node {
    double log = 0;  // of count over total
    uint32_t first_child = 0;
    bool is_word = false;
  };
  using Words = std::vector<std::pair<std::u32string, double>>;  // with counts
  void add_nodes(const Words& words, double total);
  Status read_emissions(const std::filesystem::path& file);
  uint32_t child(uint32_t node, char32_t character) const;  // 0: none

  std::vector<Node> nodes_;       // and one behind the last
  std::u32string characters_;     // of each node the last one
  std::vector<uint32_t> starts_;  // the first character's node, by code point; 0: none
  double log_one_ = 0;
  std::vector<std::array<double, 4>> emissions_;  // by state, of each ideograph
};

}  // namespace loom
