// RULER (Hsieh et al. 2024, arXiv 2404.06654): 13 tasks at any length, in our own wording. Data is
// generated here; official essays, word lists, SQuAD and HotpotQA are used when the user has them.
#pragma once

#include "core/benchmarks/benchmark.h"

namespace loom {

std::unique_ptr<Benchmark> make_ruler();

}  // namespace loom
