// Which models an OpenAI-compatible server says it has: also a test whether it answers, and whether
// it takes the key. The key stands in no error.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace loom {

Result<std::vector<std::string>> offered_models(const std::string& base_url, const std::string& key,
                                                std::stop_token stop);
// Of the body of an answer; hostile or broken bodies are an Error. `where` names the server.
Result<std::vector<std::string>> read_offered_models(const std::string& body,
                                                     const std::string& where);

}  // namespace loom
