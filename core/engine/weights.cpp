#include "core/engine/weights.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>

#include <atomic>
#include <cstring>

#include "core/engine/dequantise.h"
#include "core/engine/finite.h"
#include "core/engine/limited_allocator.h"

namespace loom {

Weights Weights::from(GgufFile file) {
  Weights weights;
  for (const TensorInfo& info : file.tensors()) weights.tensors_.emplace(info.name, info);
  weights.mappings_ = std::make_shared<std::vector<std::shared_ptr<const MappedFile>>>();
  weights.mappings_->push_back(file.mapping());
  return weights;
}

Weights Weights::from(std::vector<SafetensorsFile> files) {
  Weights weights;
  weights.mappings_ = std::make_shared<std::vector<std::shared_ptr<const MappedFile>>>();
  for (const SafetensorsFile& file : files) {
    for (const TensorInfo& info : file.tensors()) weights.tensors_.emplace(info.name, info);
    weights.mappings_->push_back(file.mapping());
  }
  return weights;
}

namespace {

// How linear()'s kernels take a type; types without an entry are widened when they are loaded.
std::optional<at::ScalarType> stored_as(WeightType type) {
  switch (type) {
    case WeightType::f32:
      return at::kFloat;
    case WeightType::f16:
      return at::kHalf;
    case WeightType::bf16:
      return at::kBFloat16;
    case WeightType::q4_0:
    case WeightType::q4_1:
    case WeightType::q5_0:
    case WeightType::q5_1:
    case WeightType::q8_0:
    case WeightType::q2_k:
    case WeightType::q3_k:
    case WeightType::q4_k:
    case WeightType::q5_k:
    case WeightType::q6_k:
      return at::kByte;
    default:
      return std::nullopt;
  }
}

std::string shape_text(const std::vector<int64_t>& shape) {
  std::string text = "[";
  for (size_t i = 0; i < shape.size(); ++i) text += (i ? ", " : "") + std::to_string(shape[i]);
  return text + "]";
}

Error wrong_shape(const std::string& name, const std::vector<int64_t>& found,
                  const std::vector<int64_t>& expected) {
  return {ErrorKind::corrupt,
          "the tensor " + name + " has the shape " + shape_text(found) + ", expected " +
              shape_text(expected),
          "weights", ""};
}

Error not_finite(const std::string& name) {
  return {ErrorKind::corrupt, "the tensor " + name + " holds a number that is NaN or infinite", "weights",
          "The model's file is damaged, or its training failed: download it again or use another"};
}

// Slices of whole blocks, so that several threads widen one tensor; each is looked at while it is in
// the cache.
Status widen(const TensorInfo& info, float* out) {
  BlockLayout layout = block_layout(info.type);
  auto blocks = static_cast<int64_t>(info.bytes.size() / layout.bytes);
  std::vector<Status> failures(1);
  std::atomic<bool> broken = false;
  at::parallel_for(0, blocks, 1 << 14, [&](int64_t begin, int64_t end) {
    TensorInfo part = info;
    part.bytes = info.bytes.subspan(static_cast<size_t>(begin) * layout.bytes,
                                    static_cast<size_t>(end - begin) * layout.bytes);
    float* values = out + begin * static_cast<int64_t>(layout.elements);
    if (Status status = dequantise(part, values); !status) {
      if (begin == 0) failures[0] = status;
      return;
    }
    if (!all_finite({values, static_cast<size_t>(end - begin) * layout.elements})) broken = true;
  });
  if (failures[0] && broken) return not_finite(info.name);
  return failures[0];
}

}  // namespace

const TensorInfo* Weights::stored(const std::string& name) const {
  auto found = tensors_.find(name);
  return found == tensors_.end() ? nullptr : &found->second;
}

std::vector<std::string> Weights::stored_names() const {
  std::vector<std::string> names;
  for (const auto& [name, info] : tensors_) names.push_back(name);
  return names;
}

bool Weights::stored_alike(const std::string& one, const std::string& other) const {
  if (derived_.contains(one) || derived_.contains(other)) return false;
  const TensorInfo *first = stored(one), *second = stored(other);
  return first && second && first->type == second->type && first->shape == second->shape &&
         first->bytes.size() == second->bytes.size() &&
         std::memcmp(first->bytes.data(), second->bytes.data(), first->bytes.size()) == 0;
}

void Weights::derive(const std::string& name, const std::vector<std::string>& sources,
                     DerivedTensor tensor) {
  for (const std::string& source : sources) taken_.insert(source);
  derived_[name] = std::move(tensor);
}

Result<DerivedTensor> Weights::present(const std::string& name) const {
  if (auto found = derived_.find(name); found != derived_.end()) return found->second;
  const TensorInfo* info = stored(name);
  if (!info) return Error{ErrorKind::corrupt, "the tensor " + name + " is missing", "weights", ""};
  return DerivedTensor{info->shape, [info = *info, keep = mappings_]() -> Result<at::Tensor> {
                         at::Tensor tensor = at::empty(info.shape, at::kFloat);
                         LOOM_CHECK(widen(info, tensor.mutable_data_ptr<float>()));
                         return tensor;
                       }};
}

Result<at::Tensor> Weights::make(const std::string& name, const std::vector<int64_t>& shape) {
  const DerivedTensor& derived = derived_.at(name);
  if (derived.shape != shape) return wrong_shape(name, derived.shape, shape);
  taken_.insert(name);
  LOOM_TRY(at::Tensor made, derived.make());
  if (!all_finite(made.contiguous())) return not_finite(name);
  return made;
}

Result<int64_t> Weights::size_of(const std::string& name, size_t axis) const {
  auto found = tensors_.find(name);
  auto derived = derived_.find(name);
  if (found == tensors_.end() && derived == derived_.end())
    return Error{ErrorKind::corrupt, "the tensor " + name + " is missing", "weights", ""};
  const std::vector<int64_t>& shape =
      derived != derived_.end() ? derived->second.shape : found->second.shape;
  if (axis >= shape.size() || shape[axis] < 1)
    return Error{ErrorKind::corrupt, "the tensor " + name + " has an unexpected shape", "weights",
                 ""};
  return shape[axis];
}

Result<const TensorInfo*> Weights::find(const std::string& name,
                                        const std::vector<int64_t>& shape) {
  auto found = tensors_.find(name);
  if (found == tensors_.end())
    return Error{ErrorKind::corrupt, "the tensor " + name + " is missing", "weights",
                 "The model is incomplete"};
  if (found->second.shape != shape) return wrong_shape(name, found->second.shape, shape);
  taken_.insert(name);
  return &found->second;
}

Result<at::Tensor> Weights::take_fp32(const std::string& name, const std::vector<int64_t>& shape) {
  if (derived_.contains(name)) {
    LOOM_TRY(const at::Tensor made, make(name, shape));
    return made.to(at::kFloat);
  }
  LOOM_TRY(const TensorInfo* info, find(name, shape));
  at::Tensor tensor = at::empty(shape, at::kFloat);
  LOOM_CHECK(widen(*info, tensor.mutable_data_ptr<float>()));
  return tensor;
}

Result<at::Tensor> Weights::take(const std::string& name, const std::vector<int64_t>& shape,
                                 const ComputeDevice& device) {
  LOOM_TRY(at::Tensor tensor, take_fp32(name, shape));
  if (device.device.is_cpu()) return tensor;
  return tensor.to(device.device, device.dtype);
}

Result<StoredWeights> Weights::take_stored(const std::string& name,
                                           const std::vector<int64_t>& shape,
                                           const ComputeDevice& device) {
  if (derived_.contains(name)) {
    LOOM_TRY(at::Tensor made, make(name, shape));
    if (!device.device.is_cpu()) made = made.to(device.device, device.dtype);
    return StoredWeights{std::move(made)};
  }
  LOOM_TRY(const TensorInfo* info, find(name, shape));
  std::optional<at::ScalarType> type = stored_as(info->type);
  BlockLayout layout = block_layout(info->type);
  bool whole_rows = shape.back() % static_cast<int64_t>(layout.elements) == 0;
  if (!device.device.is_cpu() || !type || !whole_rows) {
    LOOM_TRY(at::Tensor tensor, take(name, shape, device));
    return StoredWeights{std::move(tensor)};
  }
  std::vector<int64_t> sizes = shape;
  if (*type == at::kByte)
    sizes.back() =
        shape.back() / static_cast<int64_t>(layout.elements) * static_cast<int64_t>(layout.bytes);
  // Never written to: the mapping is read-only.
  void* data = const_cast<std::byte*>(info->bytes.data());
  const auto bytes = static_cast<ptrdiff_t>(info->bytes.size());
  count_mapped(bytes);
  at::Tensor tensor = at::from_blob(
      data, sizes, [keep = mappings_, bytes](void*) { count_mapped(-bytes); },
      at::TensorOptions(*type));
  return StoredWeights{std::move(tensor), info->type};
}

Status Weights::check_finite() const {
  constexpr int64_t kTogether = 1 << 20;  // elements, whole blocks of every type
  std::vector<float> values;
  for (const auto& [name, info] : tensors_) {
    const BlockLayout layout = block_layout(info.type);
    const size_t step = static_cast<size_t>(kTogether) / layout.elements * layout.bytes;
    for (size_t begin = 0; begin < info.bytes.size(); begin += step) {
      TensorInfo part = info;
      part.bytes = info.bytes.subspan(begin, std::min(step, info.bytes.size() - begin));
      values.resize(part.bytes.size() / layout.bytes * layout.elements);
      if (!dequantise(part, values.data())) break;  // packed integers, which are always finite
      if (!all_finite(values)) return not_finite(name);
    }
  }
  return {};
}

void Weights::ignore_below(const std::string& prefix) {
  for (const auto& [name, info] : tensors_)
    if (name.starts_with(prefix)) taken_.insert(name);
}

Status Weights::finish() const {
  for (const auto& [name, info] : tensors_)
    if (!taken_.contains(name))
      return Error{ErrorKind::unsupported,
                   "the tensor " + name + " is not used by this architecture", "weights",
                   "The model differs from what this program knows"};
  return {};
}

uint64_t Weights::stored_bytes() const {
  uint64_t bytes = 0;
  for (const auto& [name, info] : tensors_) bytes += info.bytes.size();
  return bytes;
}

uint64_t Weights::bytes_on(const ComputeDevice& device) const {
  const bool on_cpu = device.device.is_cpu();
  const uint64_t wide = on_cpu ? sizeof(float) : c10::elementSize(device.dtype);
  uint64_t bytes = 0;
  for (const auto& [name, info] : tensors_)
    if (!taken_.contains(name))
      bytes += on_cpu && stored_as(info.type) ? info.bytes.size() : static_cast<uint64_t>(info.elements()) * wide;
  for (const auto& [name, tensor] : derived_) {
    uint64_t product = on_cpu ? c10::elementSize(tensor.type) : wide;
    for (int64_t size : tensor.shape) product *= static_cast<uint64_t>(size);
    bytes += product;
  }
  return bytes;
}

}  // namespace loom
