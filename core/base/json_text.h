// JSON written out. Answers and files may hold what is no UTF-8: it becomes U+FFFD, so that the
// text is valid JSON whatever was in it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace loom {

// On one line, or with so many spaces for each level.
std::string json_text(const nlohmann::json& json, int indent = -1);

}  // namespace loom
