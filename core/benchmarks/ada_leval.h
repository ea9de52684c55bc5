#pragma once

#include <memory>

#include "core/benchmarks/benchmark.h"

namespace loom {

std::unique_ptr<Benchmark> make_ada_leval();

// "A3:", a blank line, the answer, a blank line. Numbers begin at 1.
std::string labelled_answer(size_t number, const std::string& answer);
inline constexpr size_t kAdaLEvalSamples = 1000;
// Of a reply to a sample made here; it is one name or one list.
inline constexpr size_t kAdaLEvalAnswerTokens = 128;

// How a length is shared by the prompt of a sample made here and its answer. An Error where the
// prompt gets nothing; `parts` is what had to go into it, "two answers".
struct AdaLEvalRoom {
  int answer = 0;
  size_t prompt = 0;
};
Result<AdaLEvalRoom> ada_leval_room(const TaskRequest& request, const Wording& wording,
                                    const std::string& parts);
Error ada_leval_too_short(const TaskRequest& request, const std::string& parts);

}  // namespace loom
