// The text of the needle haystack: official essays when the user has them, else our own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/benchmarks/benchmark.h"

namespace loom {

struct EssaySentences {
  std::vector<std::string> sentences;
  bool official = false;
};

// The essays of PaulGrahamEssays.json ({"text": …}) or of a folder PaulGrahamEssays with .txt
// files, looked for as all files of the benchmark are; nothing where the user has neither.
Result<std::optional<std::vector<std::string>>> official_essays(const TaskRequest& request,
                                                                const std::string& benchmark);
// Their sentences, or those of our own essays. The official essays are English: another language
// takes ours.
Result<EssaySentences> essay_sentences(const TaskRequest& request, const std::string& benchmark,
                                       const std::string& language = "en");

}  // namespace loom
