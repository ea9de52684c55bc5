#pragma once

#include <memory>

#include "core/benchmarks/benchmark.h"

namespace loom {

std::unique_ptr<Benchmark> make_clongeval();

// The typos of an answer as "number，wrong，right", a line each. The files hold that or
// "number，right，wrong"; the wrong character is the one that stands in the paragraph. What the
// paragraphs do not tell follows the lines that they do.
std::string typos_wrong_first(const std::string& answer, std::string_view context);

}  // namespace loom
