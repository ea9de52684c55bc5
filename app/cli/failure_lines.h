// Why samples of a run failed, in words.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace loom::cli {

// A line for each of the first `most` reasons, out of "failures" of a run's results.
std::vector<std::string> failure_lines(const nlohmann::json& failures, size_t most);

}  // namespace loom::cli
