#include "core/data_files/arrow_json.h"

#include <arrow/array/array_binary.h>
#include <arrow/array/array_dict.h>
#include <arrow/array/array_nested.h>
#include <arrow/array/array_primitive.h>
#include <arrow/scalar.h>
#include <arrow/util/float16.h>

#include <cmath>

#include "core/text/utf8.h"

namespace loom {
namespace {

using arrow::internal::checked_cast;
using nlohmann::json;

template <typename Array>
json number(const arrow::Array& array, int64_t row) {
  return checked_cast<const Array&>(array).Value(row);
}

json text(std::string_view value, ArrowJsonBounds bounds) {
  if (value.size() > bounds.bytes_left) {
    bounds.problem = "the row is too large";
  } else if (!is_utf8(value)) {
    bounds.problem = "a text is not UTF-8";
  } else {
    bounds.bytes_left -= value.size();
    return std::string(value);
  }
  return nullptr;
}

template <typename Array>
json text_of(const arrow::Array& array, int64_t row, ArrowJsonBounds bounds) {
  return text(checked_cast<const Array&>(array).GetView(row), bounds);
}

json items(const arrow::Array& values, int64_t from, int64_t count, ArrowJsonBounds bounds) {
  json list = json::array();
  for (int64_t i = 0; i < count && bounds.problem.empty(); ++i)
    list.push_back(arrow_json(values, from + i, bounds));
  return list;
}

template <typename Array>
json list_of(const arrow::Array& array, int64_t row, ArrowJsonBounds bounds) {
  const auto& lists = checked_cast<const Array&>(array);
  return items(*lists.values(), lists.value_offset(row), lists.value_length(row), bounds);
}

json struct_of(const arrow::Array& array, int64_t row, ArrowJsonBounds bounds) {
  const auto& structs = checked_cast<const arrow::StructArray&>(array);
  json object = json::object();
  for (int i = 0; i < structs.num_fields() && bounds.problem.empty(); ++i)
    object[structs.struct_type()->field(i)->name()] = arrow_json(*structs.field(i), row, bounds);
  return object;
}

// Keys that are texts give an object, others a list of pairs.
json map_of(const arrow::Array& array, int64_t row, ArrowJsonBounds bounds) {
  const auto& maps = checked_cast<const arrow::MapArray&>(array);
  json object = json::object();
  for (int64_t i = 0; i < maps.value_length(row) && bounds.problem.empty(); ++i) {
    const int64_t at = maps.value_offset(row) + i;
    const json key = arrow_json(*maps.keys(), at, bounds);
    object[key.is_string() ? key.get<std::string>() : key.dump()] =
        arrow_json(*maps.items(), at, bounds);
  }
  return object;
}

json other(const arrow::Array& array, int64_t row, ArrowJsonBounds bounds) {
  auto scalar = array.GetScalar(row);
  if (scalar.ok()) return text((*scalar)->ToString(), bounds);
  bounds.problem = scalar.status().message();
  return nullptr;
}

}  // namespace

json arrow_json(const arrow::Array& array, int64_t row, ArrowJsonBounds bounds) {
  if (bounds.depth-- == 0) {
    bounds.problem = "a value nests too deep";
    return nullptr;
  }
  if (bounds.bytes_left < sizeof(json)) {
    bounds.problem = "the row is too large";
    return nullptr;
  }
  bounds.bytes_left -= sizeof(json);
  if (array.IsNull(row)) return nullptr;
  switch (array.type_id()) {
    case arrow::Type::NA:
      return nullptr;
    case arrow::Type::BOOL:
      return number<arrow::BooleanArray>(array, row);
    case arrow::Type::INT8:
      return number<arrow::Int8Array>(array, row);
    case arrow::Type::INT16:
      return number<arrow::Int16Array>(array, row);
    case arrow::Type::INT32:
      return number<arrow::Int32Array>(array, row);
    case arrow::Type::INT64:
      return number<arrow::Int64Array>(array, row);
    case arrow::Type::UINT8:
      return number<arrow::UInt8Array>(array, row);
    case arrow::Type::UINT16:
      return number<arrow::UInt16Array>(array, row);
    case arrow::Type::UINT32:
      return number<arrow::UInt32Array>(array, row);
    case arrow::Type::UINT64:
      return number<arrow::UInt64Array>(array, row);
    case arrow::Type::FLOAT:
      return number<arrow::FloatArray>(array, row);
    case arrow::Type::DOUBLE:
      return number<arrow::DoubleArray>(array, row);
    case arrow::Type::STRING:
      return text_of<arrow::StringArray>(array, row, bounds);
    case arrow::Type::LARGE_STRING:
      return text_of<arrow::LargeStringArray>(array, row, bounds);
    case arrow::Type::STRING_VIEW:
      return text_of<arrow::StringViewArray>(array, row, bounds);
    case arrow::Type::LIST:
      return list_of<arrow::ListArray>(array, row, bounds);
    case arrow::Type::LARGE_LIST:
      return list_of<arrow::LargeListArray>(array, row, bounds);
    case arrow::Type::FIXED_SIZE_LIST:
      return list_of<arrow::FixedSizeListArray>(array, row, bounds);
    case arrow::Type::STRUCT:
      return struct_of(array, row, bounds);
    case arrow::Type::MAP:
      return map_of(array, row, bounds);
    case arrow::Type::DICTIONARY: {
      const auto& coded = checked_cast<const arrow::DictionaryArray&>(array);
      return arrow_json(*coded.dictionary(), coded.GetValueIndex(row), bounds);
    }
    case arrow::Type::BINARY:
    case arrow::Type::LARGE_BINARY:
    case arrow::Type::FIXED_SIZE_BINARY:
    case arrow::Type::BINARY_VIEW:
      bounds.problem = "a column holds bytes, not text";
      return nullptr;
    default:
      return other(array, row, bounds);
  }
}

}  // namespace loom
