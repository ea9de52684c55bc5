// Synonyms out of WordNet 3.0's database files (Fellbaum 1998; file formats: wndb(5WN)).
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/result.h"

namespace loom {

class WordNet {
 public:
  // `folder` holds data.*, index.* and *.exc for nouns, verbs, adjectives and adverbs.
  static Result<WordNet> read(const std::filesystem::path& folder);

  // The number of a single word in the database's own spelling; none: no meaning has that name.
  std::optional<uint32_t> name(std::string_view word) const;
  // Adds the numbers of all single words that share a meaning with the word or with one of its base
  // forms; some may come more than once. The word is lower case.
  void add_synonyms(std::string_view word, std::vector<uint32_t>& names) const;

 private:
  struct Hash {  // finds views without a copy
    using is_transparent = void;
    size_t operator()(std::string_view word) const { return std::hash<std::string_view>()(word); }
  };
  template <typename Value>
  using ByWord = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;
  struct Range {
    uint32_t begin = 0, end = 0;
  };
  struct Word {  // by part of speech
    std::array<Range, 4> synonyms;
    std::array<uint32_t, 4> exception = {};  // one past the place in exceptions_; 0: follows rules
  };
  Status read_meanings(const std::filesystem::path& folder, size_t part);
  Status read_exceptions(const std::filesystem::path& folder, size_t part);
  const Word* find(std::string_view word) const;

  ByWord<uint32_t> name_ids_;
  ByWord<Word> words_;
  std::vector<uint32_t> synonyms_;                    // names, where the ranges point
  std::vector<std::vector<std::string>> exceptions_;  // base forms
};

}  // namespace loom
