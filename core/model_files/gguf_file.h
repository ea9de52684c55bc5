// GGUF versions 2 and 3 (ggml's documented format). Every count, length and offset is hostile until
// checked; errors name file, place and key.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/model_files/mapped_file.h"
#include "core/model_files/tensor_info.h"

namespace loom {

using GgufValue = std::variant<uint64_t, int64_t, double, bool, std::string, std::vector<uint64_t>,
                               std::vector<int64_t>, std::vector<double>, std::vector<bool>,
                               std::vector<std::string>>;

class GgufFile {
 public:
  static Result<GgufFile> open(const std::filesystem::path& file);

  // Keeps the tensors' bytes valid on its own.
  const std::shared_ptr<const MappedFile>& mapping() const { return file_; }

  const std::filesystem::path& path() const { return path_; }
  const std::map<std::string, GgufValue, std::less<>>& metadata() const { return metadata_; }
  const std::vector<TensorInfo>& tensors() const { return tensors_; }
  const TensorInfo* tensor(std::string_view name) const;

  // Typed access; integers of either sign convert when they fit. A missing key is nullopt for
  // find_*, an Error naming file and key for the others.
  std::optional<std::string> find_text(std::string_view key) const;
  std::optional<int64_t> find_integer(std::string_view key) const;
  std::optional<double> find_number(std::string_view key) const;  // integers too
  std::optional<bool> find_boolean(std::string_view key) const;
  const std::vector<std::string>* find_texts(std::string_view key) const;
  std::vector<int64_t> integers(std::string_view key) const;  // empty when missing
  std::vector<double> numbers(std::string_view key) const;
  Result<std::string> text(std::string_view key) const;
  Result<int64_t> integer(std::string_view key) const;
  Result<double> number(std::string_view key) const;

 private:
  std::filesystem::path path_;
  std::shared_ptr<const MappedFile> file_;
  std::map<std::string, GgufValue, std::less<>> metadata_;
  std::vector<TensorInfo> tensors_;
};

}  // namespace loom
