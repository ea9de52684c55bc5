// What a Python file calls by name at its outer level, as far as it is plain data: NAME = literal.
// Nothing is executed: imports, functions and everything indented are passed over.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace loom {

struct PythonAssignments {
  std::map<std::string, nlohmann::json> values;
  // Names whose value is computed, or changed further down: the line and the reason.
  std::map<std::string, std::string> refused;
};

// An Error where the text is no whole Python file: a string or a bracket without an end.
Result<PythonAssignments> python_assignments(std::string_view text);

}  // namespace loom
