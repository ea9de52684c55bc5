#include "core/models/weight_taker.h"

namespace loom {

Result<at::Tensor> WeightTaker::tensor(const std::string& name, const std::vector<int64_t>& shape) {
  LOOM_TRY(at::Tensor taken, weights_.take(name, shape, device_));
  bytes_ += taken.nbytes();
  return taken;
}

Result<StoredWeights> WeightTaker::as_stored(const std::string& name,
                                             const std::vector<int64_t>& shape) {
  LOOM_TRY(StoredWeights taken, weights_.take_stored(name, shape, device_));
  bytes_ += taken.data.nbytes();
  return taken;
}

Result<Linear> WeightTaker::linear(const std::string& name, int64_t out, int64_t in, bool bias) {
  LOOM_TRY(StoredWeights taken, as_stored(name + ".weight", {out, in}));
  Linear projection{std::move(taken.data), {}, taken.blocks};
  if (bias) {
    LOOM_TRY(projection.bias, tensor(name + ".bias", {out}));
  }
  return projection;
}

Result<Linear> WeightTaker::transposed(const std::string& name, int64_t in, int64_t out) {
  LOOM_TRY(const at::Tensor taken, tensor(name, {in, out}));
  return Linear{taken.transpose(0, 1).contiguous(), {}};
}

Result<Norm> WeightTaker::norm(const std::string& name, int64_t size, bool bias) {
  Norm norm;
  LOOM_TRY(norm.weight, tensor(name + ".weight", {size}));
  if (bias) {
    LOOM_TRY(norm.bias, tensor(name + ".bias", {size}));
  }
  return norm;
}

Result<at::Tensor> WeightTaker::numbers(const std::string& name,
                                        const std::vector<int64_t>& shape) {
  LOOM_TRY(at::Tensor taken, weights_.take_fp32(name, shape));
  taken = taken.to(device_.device);
  bytes_ += taken.nbytes();
  return taken;
}

}  // namespace loom
