#pragma once

#include <memory>

#include "core/benchmarks/benchmark.h"

namespace loom {

std::unique_ptr<Benchmark> make_infinitebench();

// A record's "answer" as the references of `task`.
std::vector<std::string> infinitebench_answers(const nlohmann::json& answer,
                                               const std::string& task);

}  // namespace loom
