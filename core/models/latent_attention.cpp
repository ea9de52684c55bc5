#include "core/models/latent_attention.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/stack.h>

#include "core/engine/operations.h"

namespace loom {
namespace {

// The reference norms the narrow vectors with this constant, whatever config.json says.
constexpr double kNarrowEpsilon = 1e-6;

// x [rows, heads, in] times each head's matrix [out, in] → [rows, heads, out].
at::Tensor by_head(const at::Tensor& x, const std::vector<at::Tensor>& matrices, bool decode) {
  std::vector<at::Tensor> parts;
  for (size_t h = 0; h < matrices.size(); ++h)
    parts.push_back(linear(x.select(1, static_cast<int64_t>(h)), matrices[h], {}, decode));
  return at::stack(parts, 1);
}

at::Tensor queries(const at::Tensor& h, const LatentProjections& layer, bool decode) {
  if (!layer.q_a.weight.defined()) return layer.q_b(h, decode);
  return layer.q_b(rms_norm(layer.q_a(h, decode), layer.q_a_norm.weight, kNarrowEpsilon), decode);
}

}  // namespace

at::Tensor latent_attention(const at::Tensor& h, const LatentProjections& layer,
                            const ModelConfig& config, const RopeTable& table, bool decode,
                            const LatentAttend& attend) {
  const LatentAttention& sizes = *config.latent;
  int64_t rows = h.size(0);
  at::Tensor q =
      queries(h, layer, decode).reshape({rows, config.heads, sizes.plain + sizes.rotary});
  at::Tensor q_rotary = q.narrow(2, sizes.plain, sizes.rotary).contiguous();
  apply_rope(q_rotary, table);
  at::Tensor query =
      at::cat({by_head(q.narrow(2, 0, sizes.plain), layer.key_up, decode), q_rotary}, 2);

  at::Tensor narrow = layer.kv_a(h, decode);
  at::Tensor k_rotary = narrow.narrow(1, sizes.rank, sizes.rotary).contiguous().unsqueeze(1);
  apply_rope(k_rotary, table);
  at::Tensor latent =
      rms_norm(narrow.narrow(1, 0, sizes.rank), layer.kv_a_norm.weight, kNarrowEpsilon);
  at::Tensor attended = attend(query, at::cat({latent.unsqueeze(1), k_rotary}, 2));
  return by_head(attended.narrow(2, 0, sizes.rank), layer.value_up, decode)
      .reshape({rows, config.heads * sizes.value});
}

}  // namespace loom
