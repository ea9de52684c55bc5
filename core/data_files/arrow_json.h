// One value of an Arrow array as JSON.
#pragma once

#include <arrow/array.h>

#include <nlohmann/json.hpp>
#include <string>

namespace loom {

struct ArrowJsonBounds {
  size_t depth;          // levels that may still nest
  size_t& bytes_left;    // in this record: of texts, and of every value itself
  std::string& problem;  // why the value cannot be given, set once
};

// Texts must be UTF-8. Dates, times and decimals become text; binary values are refused.
nlohmann::json arrow_json(const arrow::Array& array, int64_t row, ArrowJsonBounds bounds);

}  // namespace loom
