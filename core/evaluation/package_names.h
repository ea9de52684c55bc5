// What the package loom-scope calls the tasks of its benchmark configurations.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace loom {

// The benchmark of a configuration's `benchmark_name`: "LongBench_v2", "L-CiteEval".
std::string package_benchmark(const std::string& name);

// Our tasks behind one of its names; `sizes` are CLongEval's ("S", "M", "L"; none: all three). A
// name that is not known stands for itself.
std::vector<std::string> package_tasks(const std::string& benchmark, const std::string& name,
                                       const std::vector<std::string>& sizes);

// L-CiteEval's set in a task's name, "Length" in "L-CiteEval-Length_hotpotqa"; none: "".
std::string package_set(const std::string& name);

// "4k", "4096" or "1M" in tokens.
std::optional<size_t> package_length(const std::string& text);

}  // namespace loom
