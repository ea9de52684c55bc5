// The sentences of the needle haystack: official essays when the user has them, else our own.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace loom {

struct EssaySentences {
  std::vector<std::string> sentences;
  bool official = false;
};

// Official: PaulGrahamEssays.json ({"text": …}) or a folder PaulGrahamEssays with .txt files.
Result<EssaySentences> essay_sentences(const std::filesystem::path& data_folder);

}  // namespace loom
