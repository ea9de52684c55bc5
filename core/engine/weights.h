// A model's stored tensors, taken one by one by name. What is never taken fails the load: a tensor
// that the code does not know would change the model's answers.
#pragma once

#include <ATen/core/Tensor.h>

#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <vector>

#include "core/engine/device.h"
#include "core/model_files/gguf_file.h"
#include "core/model_files/safetensors_file.h"

namespace loom {

struct StoredWeights {
  at::Tensor data;
  WeightType blocks = WeightType::f32;  // of a byte tensor
};

// Computed from stored tensors when it is taken: unpacked or merged weights.
struct DerivedTensor {
  std::vector<int64_t> shape;
  std::function<Result<at::Tensor>()> make;  // on the CPU, fp32, fp16 or bf16
  at::ScalarType type = at::kFloat;          // of what it makes
};

class Weights {
 public:
  static Weights from(GgufFile file);
  static Weights from(std::vector<SafetensorsFile> files);

  bool has(const std::string& name) const {
    return tensors_.contains(name) || derived_.contains(name);
  }
  // Stored tensors of any type by name, for what derives others from them.
  const TensorInfo* stored(const std::string& name) const;
  std::vector<std::string> stored_names() const;
  // Whether two tensors are stored with the same type, shape and bytes; what is derived is like none.
  bool stored_alike(const std::string& one, const std::string& other) const;
  // Takes the place of a tensor of this name; its sources count as taken.
  void derive(const std::string& name, const std::vector<std::string>& sources,
              DerivedTensor tensor);
  // A tensor as it is now, to derive another from it.
  Result<DerivedTensor> present(const std::string& name) const;
  std::shared_ptr<const void> mappings() const { return mappings_; }
  // One side of a tensor whose size no field tells; at least 1.
  Result<int64_t> size_of(const std::string& name, size_t axis) const;
  // Widened, checked against the shape, on the device in its type.
  Result<at::Tensor> take(const std::string& name, const std::vector<int64_t>& shape,
                          const ComputeDevice& device);
  // A matrix [out, in] or [n, out, in] that linear() multiplies with. On the CPU it stays as it is
  // stored, without a copy: fp32, fp16 and bf16 tensors of that shape, quantised blocks as a byte
  // tensor [..., out, bytes of a row]. Elsewhere it is what take() gives.
  Result<StoredWeights> take_stored(const std::string& name, const std::vector<int64_t>& shape,
                                    const ComputeDevice& device);
  // fp32 on the CPU, whatever the device: for tables that are computed with.
  Result<at::Tensor> take_fp32(const std::string& name, const std::vector<int64_t>& shape);
  void ignore(const std::string& name) { taken_.insert(name); }
  void ignore_below(const std::string& prefix);
  Status finish() const;  // names what nobody took
  // Reads every stored number and names a tensor with one that is NaN or infinite. What is widened
  // while it is taken is looked at then; what stays mapped is not, since that would read whole files.
  Status check_finite() const;
  uint64_t stored_bytes() const;
  // What they take on a device: on the CPU as stored, or as what they are unpacked or widened to;
  // elsewhere in the device's type.
  uint64_t bytes_on(const ComputeDevice& device) const;

 private:
  Result<const TensorInfo*> find(const std::string& name, const std::vector<int64_t>& shape);
  Result<at::Tensor> make(const std::string& name, const std::vector<int64_t>& shape);

  std::map<std::string, TensorInfo> tensors_;
  std::map<std::string, DerivedTensor> derived_;
  std::set<std::string> taken_;
  // Shared with every tensor that was taken without a copy.
  std::shared_ptr<std::vector<std::shared_ptr<const MappedFile>>> mappings_;
};

// SHA-256 over the files that decide what a model answers; remembered by path, size and time in the cache folder.
Result<std::string> weights_hash(const std::vector<std::filesystem::path>& files);

}  // namespace loom
