#include "core/catalog/weight_count.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "core/model_files/integer_types.h"
#include "core/model_files/text_part.h"

namespace loom {
namespace {

constexpr uint64_t kWide = 4, kHalf = 2;  // bytes of fp32, and of fp16 and bf16

uint64_t numbers_of(const TensorInfo& tensor) {
  return static_cast<uint64_t>(std::max<int64_t>(tensor.elements(), 0));
}

bool contains(const std::string& name, std::string_view part) {
  return name.find(part) != std::string::npos;
}

// The first part of a name that is a number is a layer's.
std::optional<size_t> layer_of(const std::string& name) {
  for (size_t begin = 0; begin < name.size();) {
    const size_t end = std::min(name.find('.', begin), name.size());
    size_t number = 0;
    const auto [stop, error] = std::from_chars(name.data() + begin, name.data() + end, number);
    if (error == std::errc() && stop == name.data() + end) return number;
    begin = end + 1;
  }
  return {};
}

enum class WeightPart { embedding, head, layer, other };

bool is_head(const std::string& name) {
  return contains(name, "lm_head.") || contains(name, "output_layer.") || name == "output.weight" ||
         name == "head.weight";
}

WeightPart part_of(const TensorInfo& tensor) {
  const std::string& name = tensor.name;
  if (layer_of(name)) return WeightPart::layer;
  if (is_head(name)) return WeightPart::head;
  const bool table = tensor.shape.size() == 2;
  for (const char* word : {"embed", "token_embd", "position_embd", "token_types"})
    if (table && contains(name, word)) return WeightPart::embedding;
  return WeightPart::other;
}

bool is_matrix(const TensorInfo& tensor) {
  return std::count_if(tensor.shape.begin(), tensor.shape.end(),
                       [](int64_t size) { return size != 1; }) >= 2;
}

// What computes with fp32 whatever is stored: convolutions, recurrences' own numbers, and the
// matrices that latent attention cuts into heads.
bool is_widened(const std::string& name) {
  if (!name.ends_with(".weight") && !name.ends_with(".qweight")) return true;
  for (const char* word : {"conv1d", "kv_b_proj", "attn_kv_b", "attn_k_b", "attn_v_b"})
    if (contains(name, word)) return true;
  return false;
}

std::string without(const std::string& name, std::string_view ending) {
  return name.substr(0, name.size() - ending.size());
}

// Rows times columns, as weight_shape has them of packed integers.
uint64_t numbers_told(const TensorInfo& tensor) {
  int64_t sizes[2] = {};
  if (tensor.type != WeightType::i64 || tensor.bytes.size() != sizeof sizes) return 0;
  std::memcpy(sizes, tensor.bytes.data(), sizeof sizes);
  uint64_t product = 0;
  if (sizes[0] < 0 || sizes[1] < 0 ||
      __builtin_mul_overflow(static_cast<uint64_t>(sizes[0]), static_cast<uint64_t>(sizes[1]),
                             &product))
    return 0;
  return std::min(product, uint64_t{1} << 50);
}

}  // namespace

// Weights of compressed-tensors are unpacked to the type of their factors.
std::optional<WeightCount::Kind> WeightCount::compressed_kind(const TensorInfo& tensor) const {
  const std::string& name = tensor.name;
  const bool floats = tensor.type == WeightType::f8_e4m3;
  const std::string title =
      floats ? "compressed F8_E4M3" : "compressed " + std::to_string(rules_.bits) + "-bit";
  for (const char* beside : {".weight_packed", ".weight_scale", ".weight_zero_point"})
    if (name.ends_with(beside)) return Kind{title, 0, 0};
  uint64_t numbers = 0;
  if (name.ends_with(".weight_shape"))
    numbers = numbers_told(tensor);
  else if (name.ends_with(".weight") && (floats || tensor.type == WeightType::i8))
    numbers = numbers_of(tensor);
  else
    return {};
  const std::string weight = name.ends_with("_shape") ? without(name, "_shape") : name;
  const bool wide = rules_.wide_factors || is_widened(weight) || rules_.merged.contains(weight);
  return Kind{title, numbers, numbers * (wide ? kWide : kHalf)};
}

// As the loaders do: heads and layers that nothing computes with.
bool WeightCount::is_left_alone(const std::string& name) const {
  if (name.ends_with("inv_freq") || contains(name, "rope_freqs") || contains(name, "rope_factors"))
    return true;
  if (rules_.tied_head && is_head(name)) return true;
  if (rules_.other_parts && is_of_vision(name)) return true;
  if (rules_.encoder)
    for (const char* part : {"cls.", "pooler.", "lm_head."})
      if (contains(name, part)) return true;
  const auto layer = layer_of(name);
  return layer && rules_.layers > 0 && *layer >= rules_.layers;
}

WeightCount::Kind WeightCount::kind_of(const TensorInfo& tensor) const {
  const std::string& name = tensor.name;
  const uint64_t numbers = numbers_of(tensor);
  if (rules_.packed == "awq" || rules_.packed == "gptq") {
    const std::string packed =
        (rules_.packed == "awq" ? "AWQ " : "GPTQ ") + std::to_string(rules_.bits) + "-bit";
    if (name.ends_with(".qweight")) {
      const uint64_t unpacked =
          numbers * 32 / static_cast<uint64_t>(std::clamp(rules_.bits, 1, 32));
      const bool wide =
          is_widened(name) || rules_.merged.contains(without(name, "qweight") + "weight");
      return {packed, unpacked, unpacked * (wide ? kWide : kHalf)};
    }
    for (const char* beside : {".qzeros", ".scales", ".g_idx"})
      if (name.ends_with(beside)) return {packed, 0, 0};
  }
  if (rules_.packed == "compressed-tensors")
    if (auto kind = compressed_kind(tensor)) return *kind;
  if (name.ends_with("_scale_inv")) return {"F8_E4M3 blocks", 0, 0};
  if (is_integer(tensor.type)) return {to_string(tensor.type), 0, 0};
  const bool wide =
      rules_.encoder || rules_.merged.contains(name) || !is_matrix(tensor) || is_widened(name);
  if (tensor.type == WeightType::f8_e4m3) {
    const bool blocks = rules_.packed == "fp8";
    return {blocks ? "F8_E4M3 blocks" : "F8_E4M3", numbers,
            numbers * (wide || !blocks ? kWide : kHalf)};
  }
  const bool whole_rows =
      !tensor.shape.empty() &&
      tensor.shape.back() % static_cast<int64_t>(block_layout(tensor.type).elements) == 0;
  return {to_string(tensor.type), numbers,
          wide || !whole_rows ? numbers * kWide : static_cast<uint64_t>(tensor.bytes.size())};
}

void WeightCount::add(const TensorInfo& tensor) {
  Kind kind = kind_of(tensor);
  if (is_left_alone(tensor.name)) kind.held_bytes = 0;
  StoredType& type = types_[kind.name];
  ++type.tensors;
  type.parameters += kind.parameters;
  type.file_bytes += tensor.bytes.size();
  type.held_bytes += kind.held_bytes;
  switch (part_of(tensor)) {
    case WeightPart::embedding:
      parts_.embedding += kind.held_bytes;
      break;
    case WeightPart::head:
      parts_.head += kind.held_bytes;
      break;
    case WeightPart::layer:
      parts_.layers += kind.held_bytes;
      break;
    case WeightPart::other:
      parts_.other += kind.held_bytes;
      break;
  }
}

void WeightCount::add_adapter(const TensorInfo& tensor) {
  StoredType& type = types_[std::string("LoRA ") + to_string(tensor.type)];
  ++type.tensors;
  type.parameters += numbers_of(tensor);
  type.file_bytes += tensor.bytes.size();
  adapter_parameters_ += numbers_of(tensor);
}

void WeightCount::store(LocalModel& model) const {
  model.weights = parts_;
  model.parameters = 0;
  for (const auto& [name, type] : types_) {
    StoredType named = type;
    named.name = name;
    model.parameters += named.parameters;
    model.weights.types.push_back(std::move(named));
  }
  model.parameters -= adapter_parameters_;
  auto& types = model.weights.types;
  std::stable_sort(types.begin(), types.end(), [](const StoredType& a, const StoredType& b) {
    return a.parameters > b.parameters;
  });
  model.weight_type = types.empty() ? "" : types.front().name;
}

}  // namespace loom
