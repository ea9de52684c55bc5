#include "core/model_files/gguf_file.h"

#include <limits>
#include <set>

#include "core/model_files/gguf_reader.h"

namespace loom {
namespace {

// Tensor types as numbered by ggml. Others exist but are not read here.
std::optional<WeightType> weight_type(uint32_t number) {
  switch (number) {
    case 0:
      return WeightType::f32;
    case 1:
      return WeightType::f16;
    case 2:
      return WeightType::q4_0;
    case 3:
      return WeightType::q4_1;
    case 6:
      return WeightType::q5_0;
    case 7:
      return WeightType::q5_1;
    case 8:
      return WeightType::q8_0;
    case 10:
      return WeightType::q2_k;
    case 11:
      return WeightType::q3_k;
    case 12:
      return WeightType::q4_k;
    case 13:
      return WeightType::q5_k;
    case 14:
      return WeightType::q6_k;
    case 24:
      return WeightType::i8;
    case 25:
      return WeightType::i16;
    case 26:
      return WeightType::i32;
    case 27:
      return WeightType::i64;
    case 30:
      return WeightType::bf16;
    default:
      return std::nullopt;
  }
}

struct Placed {
  TensorInfo info;
  uint64_t offset = 0, bytes = 0;
};

// Bytes of a tensor, or nothing when the product overflows or rows are not whole blocks.
std::optional<uint64_t> tensor_bytes(const TensorInfo& info) {
  BlockLayout block = block_layout(info.type);
  uint64_t elements = 1;
  for (int64_t extent : info.shape)
    if (__builtin_mul_overflow(elements, static_cast<uint64_t>(extent), &elements))
      return std::nullopt;
  uint64_t row = info.shape.empty() ? 1 : static_cast<uint64_t>(info.shape.back());
  if (row % block.elements != 0 || elements > std::numeric_limits<int64_t>::max())
    return std::nullopt;
  uint64_t bytes = 0;
  if (__builtin_mul_overflow(elements / block.elements, block.bytes, &bytes)) return std::nullopt;
  return bytes;
}

Result<Placed> read_tensor(GgufReader& reader) {
  Placed placed;
  LOOM_TRY(placed.info.name, reader.text());
  LOOM_TRY(uint32_t dimensions, reader.number<uint32_t>());
  if (dimensions == 0 || dimensions > 4)
    return reader.problem("tensor " + placed.info.name + " has " + std::to_string(dimensions) +
                          " dimensions");
  placed.info.shape.resize(dimensions);
  for (uint32_t i = 0; i < dimensions; ++i) {
    LOOM_TRY(uint64_t extent, reader.number<uint64_t>());
    if (extent == 0 || extent > std::numeric_limits<int64_t>::max())
      return reader.problem("tensor " + placed.info.name + " has an impossible extent");
    placed.info.shape[dimensions - 1 - i] = static_cast<int64_t>(extent);
  }
  LOOM_TRY(uint32_t type, reader.number<uint32_t>());
  auto known = weight_type(type);
  if (!known)
    return Error{ErrorKind::unsupported,
                 "tensor " + placed.info.name + " has the weight type " + std::to_string(type) +
                     ", which is not read",
                 reader.problem("").where,
                 "Use a file with F16, Q8_0, Q4_0 to Q5_1 or Q2_K to Q6_K weights"};
  placed.info.type = *known;
  LOOM_TRY(placed.offset, reader.number<uint64_t>());
  auto bytes = tensor_bytes(placed.info);
  if (!bytes)
    return reader.problem("tensor " + placed.info.name +
                          " has a shape that its type does not allow");
  placed.bytes = *bytes;
  return placed;
}

}  // namespace

Result<GgufFile> GgufFile::open(const std::filesystem::path& path) {
  GgufFile file;
  file.path_ = path;
  LOOM_TRY(file.file_, MappedFile::open(path));
  auto bytes = file.file_->bytes();
  GgufReader reader(bytes, path.string());
  LOOM_TRY(uint32_t magic, reader.number<uint32_t>());
  if (magic != 0x46554747)
    return Error{ErrorKind::corrupt, "is not a GGUF file", path.string(), ""};
  LOOM_TRY(uint32_t version, reader.number<uint32_t>());
  if (version != 2 && version != 3)
    return Error{ErrorKind::unsupported, "GGUF version " + std::to_string(version) + " is not read",
                 path.string(), "Convert the file to version 3"};
  LOOM_TRY(uint64_t tensor_count, reader.number<uint64_t>());
  LOOM_TRY(uint64_t value_count, reader.number<uint64_t>());
  for (uint64_t i = 0; i < value_count; ++i) {
    LOOM_TRY(std::string key, reader.text());
    LOOM_TRY(uint32_t type, reader.number<uint32_t>());
    LOOM_TRY(GgufValue value, reader.value(type));
    if (!file.metadata_.emplace(key, std::move(value)).second)
      return reader.problem("the key " + key + " stands twice");
  }
  std::vector<Placed> placed;
  std::set<std::string> names;
  for (uint64_t i = 0; i < tensor_count; ++i) {
    LOOM_TRY(Placed tensor, read_tensor(reader));
    if (!names.insert(tensor.info.name).second)
      return reader.problem("the tensor " + tensor.info.name + " stands twice");
    placed.push_back(std::move(tensor));
  }
  uint64_t alignment = static_cast<uint64_t>(file.find_integer("general.alignment").value_or(32));
  if (alignment == 0 || alignment > 1 << 20 || (alignment & (alignment - 1)) != 0)
    return reader.problem("the alignment " + std::to_string(alignment) + " is not a power of two");
  // A file of metadata alone ends here and needs no padding.
  uint64_t data = (reader.at() + alignment - 1) / alignment * alignment;
  for (Placed& tensor : placed) {
    if (tensor.offset % alignment != 0 || data > bytes.size() ||
        tensor.offset > bytes.size() - data || tensor.bytes > bytes.size() - data - tensor.offset)
      return Error{ErrorKind::corrupt, "tensor " + tensor.info.name + " lies outside the file",
                   path.string(), "The file is cut short; fetch it again"};
    tensor.info.bytes = bytes.subspan(data + tensor.offset, tensor.bytes);
    file.tensors_.push_back(std::move(tensor.info));
  }
  return file;
}

const TensorInfo* GgufFile::tensor(std::string_view name) const {
  for (const TensorInfo& info : tensors_)
    if (info.name == name) return &info;
  return nullptr;
}

std::optional<std::string> GgufFile::find_text(std::string_view key) const {
  auto found = metadata_.find(key);
  if (found == metadata_.end()) return std::nullopt;
  const auto* text = std::get_if<std::string>(&found->second);
  return text ? std::optional(*text) : std::nullopt;
}

std::optional<int64_t> GgufFile::find_integer(std::string_view key) const {
  auto found = metadata_.find(key);
  if (found == metadata_.end()) return std::nullopt;
  if (const auto* value = std::get_if<uint64_t>(&found->second))
    return *value <= static_cast<uint64_t>(std::numeric_limits<int64_t>::max())
               ? std::optional(static_cast<int64_t>(*value))
               : std::nullopt;
  const auto* value = std::get_if<int64_t>(&found->second);
  return value ? std::optional(*value) : std::nullopt;
}

std::optional<double> GgufFile::find_number(std::string_view key) const {
  auto found = metadata_.find(key);
  if (found == metadata_.end()) return std::nullopt;
  if (const auto* value = std::get_if<double>(&found->second)) return *value;
  auto integer = find_integer(key);
  return integer ? std::optional(static_cast<double>(*integer)) : std::nullopt;
}

std::optional<bool> GgufFile::find_boolean(std::string_view key) const {
  auto found = metadata_.find(key);
  if (found == metadata_.end()) return std::nullopt;
  const auto* value = std::get_if<bool>(&found->second);
  return value ? std::optional(*value) : std::nullopt;
}

const std::vector<std::string>* GgufFile::find_texts(std::string_view key) const {
  auto found = metadata_.find(key);
  return found == metadata_.end() ? nullptr : std::get_if<std::vector<std::string>>(&found->second);
}

std::vector<int64_t> GgufFile::integers(std::string_view key) const {
  auto found = metadata_.find(key);
  if (found == metadata_.end()) return {};
  if (const auto* values = std::get_if<std::vector<int64_t>>(&found->second)) return *values;
  std::vector<int64_t> converted;
  if (const auto* values = std::get_if<std::vector<uint64_t>>(&found->second))
    for (uint64_t value : *values) converted.push_back(static_cast<int64_t>(value));
  return converted;
}

std::vector<double> GgufFile::numbers(std::string_view key) const {
  auto found = metadata_.find(key);
  if (found == metadata_.end()) return {};
  if (const auto* values = std::get_if<std::vector<double>>(&found->second)) return *values;
  std::vector<double> converted;
  for (int64_t value : integers(key)) converted.push_back(static_cast<double>(value));
  return converted;
}

namespace {
Error missing(const std::filesystem::path& path, std::string_view key, const char* kind) {
  return {ErrorKind::corrupt, "the metadata key " + std::string(key) + " is missing or not " + kind,
          path.string(), ""};
}
}  // namespace

Result<std::string> GgufFile::text(std::string_view key) const {
  auto value = find_text(key);
  return value ? Result<std::string>(*value) : missing(path_, key, "text");
}

Result<int64_t> GgufFile::integer(std::string_view key) const {
  auto value = find_integer(key);
  return value ? Result<int64_t>(*value) : missing(path_, key, "a whole number");
}

Result<double> GgufFile::number(std::string_view key) const {
  auto value = find_number(key);
  return value ? Result<double>(*value) : missing(path_, key, "a number");
}

}  // namespace loom
