// An Error as JSON: the same four fields in messages, in the history, in exports and on the command
// line.
#pragma once

#include <nlohmann/json.hpp>

#include "core/base/result.h"

namespace loom {

nlohmann::json error_json(const Error& error);

}  // namespace loom
