// What a model answered in a sample of lm-evaluation-harness (samples_*.jsonl).
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace loom {

// The answer; several where the task repeats its request and the harness' own filter left several.
// Likelihoods of choices instead of a text are an Error. `answers` is the sample's "resps" or,
// where there are none, its "filtered_resps".
Result<std::vector<std::string>> harness_answers(const nlohmann::json& sample,
                                                 const nlohmann::json& answers);

}  // namespace loom
