// The benchmarks' own data and wording below resources/.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace loom {

// `name` below resources/, for example "data/starter/code_words.json".
Result<nlohmann::json> house_json(const std::string& name);
// The sentences of all house essays, in order.
Result<std::vector<std::string>> house_sentences();

}  // namespace loom
