#pragma once

#include <memory>

#include "core/benchmarks/benchmark.h"

namespace loom {

std::unique_ptr<Benchmark> make_counting_stars();

// What the penguin counted before it noticed its mistakes, in the order of the right counts.
const std::vector<int64_t>& wrong_star_counts();

}  // namespace loom
