// The functions that every template may call.
#pragma once

#include <string>
#include <unordered_map>

#include "core/tokenizer/jinja_value.h"

namespace loom::jinja {

// `now` as in render().
std::unordered_map<std::string, Value> global_values(const std::string& now);

}  // namespace loom::jinja
