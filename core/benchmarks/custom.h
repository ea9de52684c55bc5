// A benchmark that the user describes in a JSON file: see core/catalog/custom_benchmark.h.
#pragma once

#include <memory>

#include "core/benchmarks/benchmark.h"
#include "core/catalog/custom_benchmark.h"

namespace loom {

// The program's benchmark of that id, or the user's own.
Result<std::unique_ptr<Benchmark>> make_benchmark(const BenchmarkDescription& description);
std::unique_ptr<Benchmark> make_custom(std::shared_ptr<const CustomBenchmark> benchmark);

// Reads all of the data as a run would, and returns the benchmark with what the data alone says:
// how many records there are, and the letters of their choices. The first thing that a run could
// not use is the error.
Result<CustomBenchmark> prepare_custom(CustomBenchmark benchmark, std::stop_token stop = {});

}  // namespace loom
