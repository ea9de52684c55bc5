// One view of a model's hyper-parameters: the fields of config.json, or GGUF metadata without the
// architecture's prefix. It remembers what was read: a field that nobody asked for might change the
// arithmetic and is refused by name.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "core/model_files/gguf_file.h"

namespace loom {

// Spellings of one field; empty where a container has no such field.
struct FieldName {
  const char* json;
  const char* gguf = "";
};

class ModelFields {
 public:
  // Of a folder with several parts: those of its text part.
  static Result<ModelFields> from_folder(const std::filesystem::path& folder);
  static Result<ModelFields> from_gguf(const GgufFile& file);
  ModelFields(nlohmann::json object, std::string where, bool gguf = false);

  bool gguf() const { return gguf_; }
  const std::string& where() const { return where_; }
  bool has(FieldName name) const;  // present and not null

  // Without a fallback a missing field is an error; errors are kept for finish().
  int64_t integer(FieldName name, std::optional<int64_t> fallback = {});
  double number(FieldName name, std::optional<double> fallback = {});
  bool boolean(FieldName name, bool fallback);
  std::string text(FieldName name, const std::string& fallback);
  std::vector<double> numbers(FieldName name);
  nlohmann::json value(FieldName name);  // null when missing
  // Only this value is understood; a missing field counts as it.
  void only(FieldName name, const nlohmann::json& understood);
  void ignore(FieldName name);
  void fail(ErrorKind kind, const std::string& message);
  void take_errors(const ModelFields& part);
  Status finish() const;  // the first error, else the first field that nobody read

 private:
  const nlohmann::json* find(FieldName name) const;
  const nlohmann::json* read(FieldName name, bool required);
  template <typename T>
  T typed(FieldName name, const std::optional<T>& fallback, bool (nlohmann::json::*matches)() const noexcept, const char* kind);

  nlohmann::json object_;
  std::string where_;
  bool gguf_ = false;
  std::set<std::string> known_;
  std::optional<Error> error_;
};

}  // namespace loom
