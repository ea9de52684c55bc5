// Texts of the user's files: a text file, the field "text" of a JSON object, or a folder of text
// files in the order of their names; also gzipped or inside a zip archive.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace loom {

Result<std::vector<std::string>> read_texts(const std::filesystem::path& file,
                                            std::stop_token stop = {});
// All .txt files below the folder, by name; at least one.
Result<std::vector<std::filesystem::path>> text_files(const std::filesystem::path& folder);
// Without spaces and line ends at either end.
std::string trimmed_ends(const std::string& text);

}  // namespace loom
