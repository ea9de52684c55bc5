#pragma once

#include <memory>

#include "core/benchmarks/benchmark.h"

namespace loom {

std::unique_ptr<Benchmark> make_nthread();
// Reads the official files alone; their lengths count characters.
std::unique_ptr<Benchmark> official_nthread();

}  // namespace loom
