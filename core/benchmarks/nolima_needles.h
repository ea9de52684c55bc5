// NoLiMa's needle sets unrolled into tests (Modarressi et al. 2025, arXiv 2502.05167; the authors'
// files are for research only, so a set of our own stands in for them).
#pragma once

#include "core/benchmarks/benchmark.h"

namespace loom {

struct NeedleTest {
  std::string name;                     // group, test, kind of question
  std::string needle, question;         // arguments filled in; {CHAR} still stands in the needle
  std::string system, prompt_template;  // of the group; may be empty
  std::string distractor;               // may be empty
  std::vector<std::string> characters;  // names for {CHAR}
  std::vector<std::string> answers;     // where the needle has no {CHAR}
  uint32_t group = 0;                   // the first four digits of the group's id
};

// `direct`: questions that repeat the needle's words; the others need a step of thought.
Result<std::vector<NeedleTest>> needle_tests(const nlohmann::json& set, bool direct,
                                             const std::string& where);

}  // namespace loom
