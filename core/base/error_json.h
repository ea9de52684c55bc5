// An Error as JSON: the same four fields in messages, in the history, in exports and on the command
// line.
#pragma once

#include <nlohmann/json.hpp>

#include "core/base/result.h"

namespace loom {

nlohmann::json error_json(const Error& error);
// Fields that are missing or of another type stay empty, a kind that is not known is internal.
Error error_from_json(const nlohmann::json& json);

}  // namespace loom
