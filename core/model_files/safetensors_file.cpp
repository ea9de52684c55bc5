#include "core/model_files/safetensors_file.h"

#include <cstring>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/text_file.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

constexpr uint64_t kMaximumHeader = 100'000'000;  // as the reference reader

std::optional<WeightType> weight_type(const std::string& name) {
  static const std::map<std::string, WeightType> types = {
      {"F32", WeightType::f32},     {"F16", WeightType::f16},         {"BF16", WeightType::bf16},
      {"I64", WeightType::i64},     {"F8_E4M3", WeightType::f8_e4m3}, {"I32", WeightType::i32},
      {"I16", WeightType::i16},     {"I8", WeightType::i8},           {"U8", WeightType::u8},
      {"BOOL", WeightType::boolean}};
  auto found = types.find(name);
  return found == types.end() ? std::nullopt : std::optional(found->second);
}

Error corrupt(const fs::path& file, const std::string& message) {
  return {ErrorKind::corrupt, message, file.string(), "The file is damaged; fetch it again"};
}

Result<TensorInfo> read_entry(const std::string& name, const nlohmann::json& entry,
                              std::span<const std::byte> data, const fs::path& file) {
  auto bad = [&](const char* what) { return corrupt(file, "tensor " + name + ": " + what); };
  if (!entry.is_object() || !entry.contains("dtype") || !entry["dtype"].is_string() ||
      !entry.contains("shape") || !entry["shape"].is_array() || !entry.contains("data_offsets") ||
      !entry["data_offsets"].is_array() || entry["data_offsets"].size() != 2)
    return bad("dtype, shape or data_offsets are missing");
  TensorInfo info;
  info.name = name;
  auto type = weight_type(entry["dtype"].get<std::string>());
  if (!type)
    return Error{ErrorKind::unsupported,
                 "tensor " + name + " has the type " + entry["dtype"].get<std::string>(),
                 file.string(), "Use F32, F16, BF16 or F8_E4M3 weights"};
  info.type = *type;
  uint64_t bytes = block_layout(*type).bytes;
  for (const auto& extent : entry["shape"]) {
    if (!extent.is_number_unsigned() || extent.get<uint64_t>() > INT64_MAX ||
        __builtin_mul_overflow(bytes, extent.get<uint64_t>(), &bytes))
      return bad("the shape is impossible");
    info.shape.push_back(extent.get<int64_t>());
  }
  const auto& offsets = entry["data_offsets"];
  if (!offsets[0].is_number_unsigned() || !offsets[1].is_number_unsigned())
    return bad("bad offsets");
  uint64_t begin = offsets[0].get<uint64_t>(), end = offsets[1].get<uint64_t>();
  if (begin > end || end > data.size()) return bad("lies outside the file");
  if (end - begin != bytes) return bad("its length does not fit its shape");
  info.bytes = data.subspan(begin, bytes);
  return info;
}

}  // namespace

Result<SafetensorsFile> SafetensorsFile::open(const fs::path& path) {
  SafetensorsFile file;
  LOOM_TRY(file.file_, MappedFile::open(path));
  auto bytes = file.file_->bytes();
  uint64_t header = 0;
  if (bytes.size() < sizeof header) return corrupt(path, "is shorter than a header");
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header > kMaximumHeader || header > bytes.size() - sizeof header)
    return corrupt(path, "announces a header of " + std::to_string(header) + " bytes");
  const char* begin = reinterpret_cast<const char*>(bytes.data()) + sizeof header;
  // Names that stand twice are caught while parsing; a parsed object would keep the last one only.
  std::set<std::string> names;
  bool twice = false;
  auto watch = [&](int depth, nlohmann::json::parse_event_t event, nlohmann::json& value) {
    if (event == nlohmann::json::parse_event_t::key && depth == 1)
      twice = twice || !names.insert(value.get<std::string>()).second;
    return depth <= 8;
  };
  auto json = nlohmann::json::parse(begin, begin + header, watch, false);
  if (!json.is_object()) return corrupt(path, "its header is not JSON");
  if (twice) return corrupt(path, "a tensor's name stands twice");
  auto data = bytes.subspan(sizeof header + header);
  for (const auto& [name, entry] : json.items()) {
    if (name == "__metadata__") continue;
    LOOM_TRY(TensorInfo info, read_entry(name, entry, data, path));
    file.tensors_.push_back(std::move(info));
  }
  return file;
}

namespace {

Result<std::vector<SafetensorsFile>> open_shards(const fs::path& folder,
                                                 const fs::path& index_file) {
  LOOM_TRY(auto index, read_json(index_file));
  if (!index.is_object() || !index.contains("weight_map") || !index["weight_map"].is_object())
    return corrupt(index_file, "has no weight_map");
  std::map<std::string, std::set<std::string>> shards;
  for (const auto& [tensor, shard] : index["weight_map"].items()) {
    if (!shard.is_string() || fs::path(shard.get<std::string>()).has_parent_path())
      return corrupt(index_file, "tensor " + tensor + " names no file of this folder");
    shards[shard.get<std::string>()].insert(tensor);
  }
  std::vector<SafetensorsFile> files;
  for (const auto& [shard, tensors] : shards) {
    LOOM_TRY(SafetensorsFile file, SafetensorsFile::open(folder / shard));
    std::set<std::string> present;
    for (const TensorInfo& info : file.tensors()) {
      present.insert(info.name);
      if (!tensors.contains(info.name))
        return corrupt(folder / shard,
                       "tensor " + info.name + " is not listed for this file in the index");
    }
    for (const std::string& name : tensors)
      if (!present.contains(name)) return corrupt(folder / shard, "tensor " + name + " is missing");
    files.push_back(std::move(file));
  }
  return files;
}

}  // namespace

bool is_pickled(const fs::path& file) {
  const std::string ending = file.extension().string();
  return ending == ".pth" || ending == ".pt" || ending == ".bin" || ending == ".ckpt" ||
         ending == ".pkl";
}

Error pickled_weights(const fs::path& file) {
  return {ErrorKind::unsupported, "holds pickled weights, which can run code", file.string(),
          "Convert to safetensors: a folder with model.safetensors and config.json"};
}

namespace {

std::set<fs::path> files_ending(const fs::path& folder, bool (*wanted)(const fs::path&)) {
  std::set<fs::path> found;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    if (wanted(entry.path())) found.insert(entry.path());
  return found;
}

bool is_safetensors(const fs::path& file) {
  return file.extension() == ".safetensors";
}

// What training leaves beside a model is pickled too.
bool is_pickled_model(const fs::path& file) {
  static const std::set<std::string> beside = {"training_args.bin", "optimizer.pt", "scheduler.pt",
                                               "rng_state.pth"};
  return is_pickled(file) && !beside.contains(file.filename().string());
}

}  // namespace

std::optional<Error> only_pickled(const fs::path& folder) {
  if (!files_ending(folder, is_safetensors).empty()) return std::nullopt;
  const auto files = files_ending(folder, is_pickled_model);
  return files.empty() ? std::nullopt : std::optional(pickled_weights(*files.begin()));
}

Result<std::vector<SafetensorsFile>> open_model_folder(const fs::path& folder) {
  std::error_code ignored;
  fs::path index = folder / "model.safetensors.index.json", single = folder / "model.safetensors";
  if (fs::exists(index, ignored)) return open_shards(folder, index);
  if (fs::exists(single, ignored)) {
    LOOM_TRY(SafetensorsFile file, SafetensorsFile::open(single));
    std::vector<SafetensorsFile> files;
    files.push_back(std::move(file));
    return files;
  }
  if (const auto pickled = only_pickled(folder)) return *pickled;
  const auto others = files_ending(folder, is_safetensors);
  if (others.empty())
    return Error{ErrorKind::not_found, "holds no model.safetensors", folder.string(), ""};
  return Error{ErrorKind::not_found,
               "holds " + others.begin()->filename().string() +
                   ", but neither model.safetensors nor model.safetensors.index.json",
               folder.string(),
               "Part of the model is missing, or its files are named as another program names them: "
               "fetch it again in the form that transformers reads"};
}

}  // namespace loom
