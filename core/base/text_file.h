// Whole files in and out. Writing goes to a temporary file beside the target and is renamed, so a
// reader never sees half a file.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace loom {

Result<std::string> read_file(const std::filesystem::path& file, size_t limit_bytes = 1u << 30);
Status write_file(const std::filesystem::path& file, std::string_view bytes);
// Errors name file, line and column. Python's Infinity and NaN are read as null.
Result<nlohmann::json> read_json(const std::filesystem::path& file);

}  // namespace loom
