// Needle in a haystack: one sentence at each of several depths of an essay text of exact length.
#pragma once

#include "core/benchmarks/benchmark.h"

namespace loom {

std::unique_ptr<Benchmark> make_niah();

}  // namespace loom
