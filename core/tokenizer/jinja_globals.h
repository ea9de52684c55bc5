// The functions that every template may call.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "core/tokenizer/jinja_value.h"

namespace loom::jinja {

// The namespaces that a template makes, so that they can be emptied at its end.
using Namespaces = std::vector<std::weak_ptr<Dict>>;
// `now` as in render().
std::unordered_map<std::string, Value> global_values(const std::string& now,
                                                     const std::shared_ptr<Namespaces>& namespaces);
// Names with an underscore are refused, as in transformers.
void check_namespace_name(const Value& name);

}  // namespace loom::jinja
