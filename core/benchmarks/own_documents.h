// Needles hidden in the user's own documents.
#pragma once

#include <memory>

#include "core/benchmarks/benchmark.h"
#include "core/catalog/custom_benchmark.h"

namespace loom {

std::unique_ptr<Benchmark> make_own_documents(std::shared_ptr<const CustomBenchmark> benchmark);

}  // namespace loom
