// Feed-forward blocks: gated or plain, one or a mixture of experts (Shazeer et al. 2017,
// arXiv 1701.06538).
#pragma once

#include "core/models/decoder_weights.h"

namespace loom {

// x [rows, hidden] → the same shape.
at::Tensor feed_forward(const at::Tensor& x, const FeedForward& block, const ModelConfig& config, bool decode);

// Each row goes to its best experts. Rows are grouped by expert, one product per expert and matrix;
// a row adds its experts in ascending order, whichever other rows are there.
at::Tensor mixed_feed_forward(const at::Tensor& x, const DecoderLayer& layer, const ModelConfig& config, bool decode);

}  // namespace loom
