#pragma once

#include <memory>

#include "core/benchmarks/benchmark.h"

namespace loom {

std::unique_ptr<Benchmark> make_leval();

}  // namespace loom
