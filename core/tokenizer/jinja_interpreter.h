// Walks a template's tree. Steps, recursion and output are bounded.
#pragma once

#include <string>

#include "core/tokenizer/jinja_parser.h"

namespace loom::jinja {

// `now` is ISO 8601 local time for strftime_now; empty uses the clock. Throws TemplateError.
std::string render(const Block& block, const nlohmann::ordered_json& values, const std::string& now);

}  // namespace loom::jinja
