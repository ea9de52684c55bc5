#pragma once

#include <memory>

#include "core/benchmarks/benchmark.h"

namespace loom {

std::unique_ptr<Benchmark> make_longbench();
// LongBench-E: the same prompts on lengths spread evenly, three bands of words per data set.
std::unique_ptr<Benchmark> make_longbench_e();

}  // namespace loom
