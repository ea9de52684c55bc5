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

}  // namespace loom
