// The door to libparquet. It is a module of its own, opened on the first Parquet file, so that no
// program starts slower for a format it does not meet.
#pragma once

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace loom {

struct ParquetRead {
  std::filesystem::path file;
  std::vector<std::string> columns;  // empty: all
  size_t depth = 128, record_bytes = 0;
  size_t memory_bytes = 0;  // for all of what is unpacked at once
  std::function<Status(nlohmann::json& row, bool& enough)> row;
  std::function<Status(Error problem)> bad_row;
  Status status;  // the outcome
};

inline constexpr const char* kParquetModule = "libloom_parquet.so";
inline constexpr const char* kParquetEntry = "loom_read_parquet";
using ParquetEntry = void (*)(ParquetRead& read);

}  // namespace loom
