#pragma once

#include <memory>
#include <string>

#include "core/benchmarks/benchmark.h"

namespace loom {

std::unique_ptr<Benchmark> make_leval();
// Whether the automatic evaluator scores samples whose field `evaluation` says this.
bool leval_scored(const std::string& evaluation);

}  // namespace loom
