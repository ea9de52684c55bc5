// Recurrences over the tokens of one sequence, with states of a fixed size: our kernels on the CPU,
// ATen elsewhere. fp32 throughout. A token's result depends on the state and the tokens before it,
// never on where a chunk ends or on threads.
#pragma once

#include <ATen/core/Tensor.h>

namespace loom {

// Heads of a linear recurrence with a state S [keys, values]: a token makes it
// S = diag(decay) S + key value^T and reads query S.
struct LinearRecurrence {
  at::Tensor query, key;  // [tokens, groups, keys]; heads / groups neighbours share a group
  at::Tensor value;       // [tokens, heads, values]
  at::Tensor decay;       // [tokens, heads, keys], or [tokens, heads, 1] for all keys alike
  // RWKV-5 and 6 (Peng et al. 2024, arXiv 2404.05892): a token reads S as it was before it, and
  // itself with a weight of its own. [heads, keys]
  at::Tensor bonus;
  // RWKV-7 (Peng et al. 2025, arXiv 2503.14456): S gains replacement (removal S). [tokens, heads,
  // keys]
  at::Tensor removal, replacement;
};
// state [heads, keys, values] is changed in place. → [tokens, heads, values]
at::Tensor run_recurrence(const LinearRecurrence& rows, at::Tensor& state);
// The same by ATen's operations, token by token.
at::Tensor run_recurrence_on_device(const LinearRecurrence& rows, at::Tensor& state);

// Mamba's selective scan (Gu and Dao 2023, arXiv 2312.00752, section 3): every channel has a state
// of `states` numbers; state = exp(step rate) state + step x in, y = out state + skip x.
struct SelectiveScan {
  at::Tensor x, step;  // [tokens, channels]
  at::Tensor in, out;  // [tokens, states]
  at::Tensor rate;     // [states, channels], none above 0
  at::Tensor skip;     // [channels]
};
// state [states, channels] is changed in place. → [tokens, channels]
at::Tensor run_scan(const SelectiveScan& rows, at::Tensor& state);
at::Tensor run_scan_on_device(const SelectiveScan& rows, at::Tensor& state);

// Causal convolution of every channel by itself: x [tokens, channels] behind the last inputs in
// state [taps - 1, channels], which is changed in place. weight [taps, channels], bias [channels]
// or undefined.
at::Tensor causal_convolution(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias,
                              at::Tensor& state);
// The row before each row of x [tokens, width]; the first is the state [width], which becomes the
// last.
at::Tensor shifted(const at::Tensor& x, at::Tensor& state);

}  // namespace loom
