// Synonyms out of WordNet 3.0's database files (Fellbaum 1998; file formats: wndb(5WN)).
#pragma once

#include <array>
#include <filesystem>
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

  // The word itself and all single words that share a meaning with it or with one of its base
  // forms, in the spelling of the database. The word is lower case.
  std::vector<std::string_view> synonyms(std::string_view word) const;

 private:
  using Names = std::vector<uint32_t>;
  struct Part {                                                            // one part of speech
    std::unordered_map<std::string, Names> meanings;                       // word: its meanings
    std::unordered_map<std::string, std::vector<std::string>> exceptions;  // form: base forms
  };
  Status read_part(const std::filesystem::path& folder, size_t part);
  std::vector<std::string> base_forms(std::string_view word, size_t part) const;

  std::array<Part, 4> parts_;
  std::vector<Names> meanings_;     // the names of each
  std::vector<std::string> names_;  // single words
  std::unordered_map<std::string, uint32_t> name_ids_;
};

}  // namespace loom
