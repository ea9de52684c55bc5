// The benchmarks' own data and wording below resources/.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace loom {

// `name` below resources/, for example "data/starter/code_words.json".
Result<nlohmann::json> house_json(const std::string& name);
// The sentences of all house essays in a language ("en", "ru", "zh"), in order.
Result<std::vector<std::string>> house_sentences(const std::string& language = "en");
// "zh" of "zh-CN": one of the languages that we have needles and wording in, or "en".
std::string house_language(const std::string& language);
// Between two sentences of that language.
std::string sentence_space(const std::string& language);

}  // namespace loom
