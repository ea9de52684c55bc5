#include "core/models/weight_taker.h"

namespace loom {

Result<Linear> WeightTaker::linear(const std::string& name, int64_t out, int64_t in, bool bias) {
  LOOM_TRY(StoredWeights taken, weights_.take_stored(name + ".weight", {out, in}, device_));
  Linear projection{std::move(taken.data), {}, taken.blocks};
  bytes_ += projection.weight.nbytes();
  if (bias) {
    LOOM_TRY(projection.bias, weights_.take(name + ".bias", {out}, device_));
    bytes_ += projection.bias.nbytes();
  }
  return projection;
}

Result<Linear> WeightTaker::transposed(const std::string& name, int64_t in, int64_t out) {
  LOOM_TRY(const at::Tensor taken, weights_.take(name, {in, out}, device_));
  bytes_ += taken.nbytes();
  return Linear{taken.transpose(0, 1).contiguous(), {}};
}

Result<Norm> WeightTaker::norm(const std::string& name, int64_t size, bool bias) {
  Norm norm;
  LOOM_TRY(norm.weight, weights_.take(name + ".weight", {size}, device_));
  bytes_ += norm.weight.nbytes();
  if (bias) {
    LOOM_TRY(norm.bias, weights_.take(name + ".bias", {size}, device_));
    bytes_ += norm.bias.nbytes();
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
