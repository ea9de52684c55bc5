// Rates that were measured once are kept as small files of JSON objects.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace loom {

// The fields of a rate by name, to be read into or written from.
struct RateFields {
  std::vector<std::pair<const char*, double*>> numbers;
  std::vector<std::pair<const char*, std::string*>> texts;
};

// False where the file is absent, damaged or of an older version: the rate is measured again. Some
// fields may have been set all the same.
bool read_rate(const std::filesystem::path& file, const RateFields& fields);
Status write_rate(const std::filesystem::path& file, const RateFields& fields);

}  // namespace loom
