#pragma once

#include <memory>

#include "core/benchmarks/benchmark.h"

namespace loom {

std::unique_ptr<Benchmark> make_nthread();
// Reads the official files alone; their lengths count characters.
std::unique_ptr<Benchmark> official_nthread();

// Room for the answer: an identifier takes 25 to 30 tokens, and a reply has words around it.
int thread_answer_tokens(size_t values);

}  // namespace loom
