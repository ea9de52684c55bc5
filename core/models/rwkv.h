// What the generations of RWKV share: tokens mixed with the token before them, norms per head.
#pragma once

#include "core/models/recurrent_model.h"

namespace loom {

// A layer's states: the last input of the time mix, the heads, the last input of the channel mix.
enum RwkvState : size_t {
  kLastTimeInput = 0,
  kHeadState = 1,
  kLastChannelInput = 2,
  kRwkvStates = 3
};

// before - x for every row, where `before` is the row before it in its sequence.
at::Tensor change_to_before(const at::Tensor& x, size_t state, const SequenceRows& rows);
// x [rows, heads, values] with every head normed, then weight and bias [heads * values].
at::Tensor norm_heads(const at::Tensor& x, const Norm& norm, double epsilon);

}  // namespace loom
