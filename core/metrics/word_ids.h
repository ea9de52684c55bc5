// Small numbers for the distinct words of one comparison, so that counting and common
// subsequences work on integers. Holds views: the texts must outlive it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace loom {

class WordIds {
 public:
  explicit WordIds(size_t words_expected);
  uint32_t id(std::string_view word);                         // 0, 1, 2 … in order of first sight
  std::optional<uint32_t> find(std::string_view word) const;  // none: not seen
  std::vector<uint32_t> ids(const std::vector<std::string_view>& words);
  std::string_view text(uint32_t id) const { return words_[id].text; }
  size_t size() const { return words_.size(); }

 private:
  struct Word {
    uint64_t hash;
    std::string_view text;
  };
  void grow();

  std::vector<Word> words_;
  std::vector<uint32_t> slots_;  // id + 1, 0: free; a power of two, at most half full
};

}  // namespace loom
