// The attention's tensors: fused matrices are split, interleaved rotary rows are put in order.
#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>

#include "core/models/decoder_loader.h"

namespace loom {

// Rows 0, 2, 4, … of a head's turning part, then 1, 3, 5, …: the pairs are then i and i + d/2.
at::Tensor DecoderLoader::in_order(const at::Tensor& rows, int64_t heads) const {
  int64_t turning = config_.ropes[0].dimensions, d = config_.head_dim;
  int64_t columns = rows.dim() > 1 ? rows.size(1) : 1;
  at::Tensor split = rows.reshape({heads, d, columns});
  at::Tensor pairs =
      split.narrow(1, 0, turning).reshape({heads, turning / 2, 2, columns}).transpose(1, 2);
  std::vector<at::Tensor> parts = {pairs.reshape({heads, turning, columns}),
                                   split.narrow(1, turning, d - turning)};
  return at::cat(parts, 1).reshape(rows.sizes()).contiguous();
}

Linear DecoderLoader::rotary(Linear projection, int64_t heads) const {
  if (!config_.interleaved_rope) return projection;
  projection.weight = in_order(projection.weight, heads);
  if (projection.bias.defined()) projection.bias = in_order(projection.bias, heads);
  return projection;
}

Status DecoderLoader::attention(const std::string& prefix, DecoderLayer& layer) {
  int64_t hidden = config_.hidden, q_size = config_.heads * config_.head_dim,
          kv_size = config_.kv_heads * config_.head_dim;
  bool bias = config_.attention_bias;
  if (!names_.qkv.empty()) {
    LOOM_TRY(const Linear fused,
             taker_.linear(prefix + names_.qkv, q_size + 2 * kv_size, hidden, bias));
    auto part = [&fused](int64_t from, int64_t size) {
      return Linear{fused.weight.narrow(0, from, size),
                    fused.bias.defined() ? fused.bias.narrow(0, from, size) : at::Tensor(),
                    fused.blocks};
    };
    layer.q = part(0, q_size);
    layer.k = part(q_size, kv_size);
    layer.v = part(q_size + kv_size, kv_size);
  } else {
    LOOM_TRY(layer.q, taker_.linear(prefix + names_.q, q_size, hidden, bias));
    LOOM_TRY(layer.k, taker_.linear(prefix + names_.k, kv_size, hidden, bias));
    LOOM_TRY(layer.v, taker_.linear(prefix + names_.v, kv_size, hidden, bias));
  }
  layer.q = rotary(layer.q, config_.heads);
  layer.k = rotary(layer.k, config_.kv_heads);
  LOOM_TRY(layer.o, taker_.linear(prefix + names_.o, hidden, q_size, config_.output_bias));
  if (!names_.q_norm.empty()) {
    LOOM_CHECK(norm(prefix + names_.q_norm, config_.head_dim, layer.q_norm));
    LOOM_CHECK(norm(prefix + names_.k_norm, config_.head_dim, layer.k_norm));
  }
  return {};
}

Status DecoderLoader::latent_queries(const std::string& prefix, LatentProjections& layer) {
  const LatentAttention& sizes = *config_.latent;
  int64_t head = sizes.plain + sizes.rotary;
  if (sizes.query_rank > 0) {
    LOOM_TRY(layer.q_a, taker_.linear(prefix + names_.q_a, sizes.query_rank, config_.hidden,
                                      config_.attention_bias));
    LOOM_CHECK(norm(prefix + names_.q_a_norm, sizes.query_rank, layer.q_a_norm));
  }
  const bool narrow = sizes.query_rank > 0;
  int64_t in = narrow ? sizes.query_rank : config_.hidden;
  LOOM_TRY(layer.q_b, taker_.linear(prefix + (narrow ? names_.q_b : names_.q), config_.heads * head,
                                    in, false));
  if (!config_.interleaved_rope) return {};
  int64_t columns = layer.q_b.weight.size(1);  // bytes where the rows are quantised blocks
  at::Tensor heads = layer.q_b.weight.reshape({config_.heads, head, columns});
  at::Tensor turning =
      heads.narrow(1, sizes.plain, sizes.rotary).reshape({config_.heads * sizes.rotary, columns});
  at::Tensor ordered =
      in_order(turning, config_.heads).reshape({config_.heads, sizes.rotary, columns});
  layer.q_b.weight = at::cat({heads.narrow(1, 0, sizes.plain), ordered}, 1)
                         .reshape({config_.heads * head, columns});
  return {};
}

Status DecoderLoader::key_and_value_up(const std::string& prefix, LatentProjections& layer) {
  const LatentAttention& sizes = *config_.latent;
  at::Tensor keys, values;
  if (weights_.has(prefix + names_.kv_b + ".weight") || names_.k_b.empty()) {
    int64_t head = sizes.plain + sizes.value;
    LOOM_TRY(const at::Tensor both,
             taker_.tensor(prefix + names_.kv_b + ".weight", {config_.heads * head, sizes.rank}));
    at::Tensor heads = both.reshape({config_.heads, head, sizes.rank});
    keys = heads.narrow(1, 0, sizes.plain).transpose(1, 2);
    values = heads.narrow(1, sizes.plain, sizes.value);
  } else {
    LOOM_TRY(keys, taker_.tensor(prefix + names_.k_b + ".weight",
                                 {config_.heads, sizes.rank, sizes.plain}));
    LOOM_TRY(values, taker_.tensor(prefix + names_.v_b + ".weight",
                                   {config_.heads, sizes.value, sizes.rank}));
  }
  for (int64_t h = 0; h < config_.heads; ++h) {
    layer.key_up.push_back(keys[h].contiguous());
    layer.value_up.push_back(values[h].contiguous());
  }
  return {};
}

Status DecoderLoader::latent(const std::string& prefix, DecoderLayer& layer) {
  const LatentAttention& sizes = *config_.latent;
  LatentProjections parts;
  LOOM_CHECK(latent_queries(prefix, parts));
  int64_t width = sizes.rank + sizes.rotary;
  LOOM_TRY(parts.kv_a,
           taker_.linear(prefix + names_.kv_a, width, config_.hidden, config_.attention_bias));
  if (config_.interleaved_rope) {
    auto ordered = [&](const at::Tensor& rows) {
      return at::cat(
          {rows.narrow(0, 0, sizes.rank), in_order(rows.narrow(0, sizes.rank, sizes.rotary), 1)});
    };
    parts.kv_a.weight = ordered(parts.kv_a.weight);
    if (parts.kv_a.bias.defined()) parts.kv_a.bias = ordered(parts.kv_a.bias);
  }
  LOOM_CHECK(norm(prefix + names_.kv_a_norm, sizes.rank, parts.kv_a_norm));
  LOOM_CHECK(key_and_value_up(prefix, parts));
  LOOM_TRY(layer.o, taker_.linear(prefix + names_.o, config_.hidden, config_.heads * sizes.value,
                                  config_.output_bias));
  layer.latent = std::move(parts);
  return {};
}

}  // namespace loom
