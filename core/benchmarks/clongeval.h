#pragma once

#include <memory>

#include "core/benchmarks/benchmark.h"

namespace loom {

std::unique_ptr<Benchmark> make_clongeval();

// The typos of an answer as "number，wrong，right", a line each. The files hold that or
// "number，right，wrong"; the wrong character is the one that stands in the paragraph. What the
// paragraphs do not tell follows the lines that they do.
std::string typos_wrong_first(const std::string& answer, std::string_view context);
// What the published evaluator makes of the stored answer for most models: it parts the whole text
// of several lines at its commas and keeps the pieces 0, 2 and 0, so that of "id，right，wrong" the
// first line remains, and a second one that nobody can meet.
std::string typos_as_published(const std::string& answer);

}  // namespace loom
