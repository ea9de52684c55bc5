// Takes a model's tensors by name in the forms that layers compute with, and counts their bytes.
#pragma once

#include "core/models/decoder_weights.h"

namespace loom {

class WeightTaker {
 public:
  WeightTaker(Weights& weights, const ComputeDevice& device) : weights_(weights), device_(device) {}

  // `name` in the device's type, and as it is stored.
  Result<at::Tensor> tensor(const std::string& name, const std::vector<int64_t>& shape);
  Result<StoredWeights> as_stored(const std::string& name, const std::vector<int64_t>& shape);
  // name.weight [out, in] as stored, and name.bias [out].
  Result<Linear> linear(const std::string& name, int64_t out, int64_t in, bool bias = false);
  // `name` [in, out] as a Linear of [out, in], in the device's type.
  Result<Linear> transposed(const std::string& name, int64_t in, int64_t out);
  // name.weight [size], and name.bias.
  Result<Norm> norm(const std::string& name, int64_t size, bool bias);
  // fp32 on the device, for what recurrences compute with.
  Result<at::Tensor> numbers(const std::string& name, const std::vector<int64_t>& shape);

  Weights& stored() { return weights_; }
  uint64_t bytes() const { return bytes_; }

 private:
  Weights& weights_;
  const ComputeDevice& device_;
  uint64_t bytes_ = 0;
};

}  // namespace loom
