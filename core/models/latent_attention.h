// Multi-head latent attention (DeepSeek-V2, arXiv 2405.04434 §2.1). The cache holds a token's
// latent vector and its turning key only: each head's key and value matrices are applied to the
// query and to the attended latent vector instead of to every cached token.
#pragma once

#include <functional>

#include "core/engine/rope.h"
#include "core/models/decoder_weights.h"

namespace loom {

// Stores keys [rows, 1, rank + rotary] and gives the attention of q [rows, heads, rank + rotary]
// over them, with the keys as values.
using LatentAttend = std::function<at::Tensor(const at::Tensor& q, const at::Tensor& keys)>;

// h [rows, hidden] → the heads' values side by side, [rows, heads * value].
at::Tensor latent_attention(const at::Tensor& h, const LatentProjections& layer,
                            const ModelConfig& config, const RopeTable& table, bool decode,
                            const LatentAttend& attend);

}  // namespace loom
