// The starter suite: ten short tasks over all six capabilities, on documents made here. The same
// records for every model, because nothing in it depends on a tokenizer.
#pragma once

#include "core/benchmarks/benchmark.h"

namespace loom {

std::unique_ptr<Benchmark> make_starter();

}  // namespace loom
