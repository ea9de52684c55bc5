#include "core/engine/recurrence.h"

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/bmm.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/exp.h>
#include <ATen/ops/stack.h>

#include "core/engine/kernels.h"

namespace loom {
namespace {

const float* floats_if_any(const at::Tensor& tensor) {
  return tensor.defined() ? tensor.const_data_ptr<float>() : nullptr;
}

// fp32 and one row after the other.
at::Tensor fp32_rows(const at::Tensor& tensor) {
  return tensor.defined() ? tensor.to(at::kFloat).contiguous() : tensor;
}

LinearRecurrence fp32_rows(const LinearRecurrence& rows) {
  return {fp32_rows(rows.query),      fp32_rows(rows.key),   fp32_rows(rows.value),
          fp32_rows(rows.decay),      fp32_rows(rows.bonus), fp32_rows(rows.removal),
          fp32_rows(rows.replacement)};
}

SelectiveScan fp32_rows(const SelectiveScan& rows) {
  return {fp32_rows(rows.x),   fp32_rows(rows.step), fp32_rows(rows.in),
          fp32_rows(rows.out), fp32_rows(rows.rate), fp32_rows(rows.skip)};
}

// Pieces of work that pay for a thread of their own.
int64_t grain(int64_t numbers) {
  constexpr int64_t kNumbers = 65536;
  return std::max<int64_t>(1, kNumbers / std::max<int64_t>(1, numbers));
}

kernels::RecurrentHead first_head(const LinearRecurrence& rows) {
  kernels::RecurrentHead head{};
  head.keys = rows.key.size(2), head.values = rows.value.size(2);
  head.query = floats_if_any(rows.query), head.key = floats_if_any(rows.key),
  head.value = floats_if_any(rows.value);
  head.decay = floats_if_any(rows.decay), head.bonus = floats_if_any(rows.bonus);
  head.removal = floats_if_any(rows.removal), head.replacement = floats_if_any(rows.replacement);
  head.query_stride = head.key_stride = rows.key.size(1) * head.keys;
  head.value_stride = rows.value.size(1) * head.values;
  head.decay_stride = rows.decay.size(1) * rows.decay.size(2);
  head.decay_step = rows.decay.size(2) == 1 ? 0 : 1;
  return head;
}

kernels::RecurrentHead head_at(kernels::RecurrentHead head, int64_t index, int64_t group) {
  head.query += group * head.keys, head.key += group * head.keys;
  head.value += index * head.values;
  head.decay += index * (head.decay_step == 0 ? 1 : head.keys);
  if (head.bonus) head.bonus += index * head.keys;
  if (head.removal) head.removal += index * head.keys, head.replacement += index * head.keys;
  return head;
}

// [1, groups, keys] → [heads, keys, 1] of one token.
at::Tensor column(const at::Tensor& rows, int64_t token, int64_t heads) {
  at::Tensor one = rows[token];
  return one.repeat_interleave(heads / one.size(0), 0).unsqueeze(2);
}

}  // namespace

at::Tensor run_recurrence(const LinearRecurrence& given, at::Tensor& state) {
  if (!state.is_cpu()) return run_recurrence_on_device(given, state);
  const LinearRecurrence rows = fp32_rows(given);
  const kernels::RecurrentHead first = first_head(rows);
  at::Tensor out = at::empty_like(rows.value);
  auto* states = state.mutable_data_ptr<float>();
  auto* outputs = out.mutable_data_ptr<float>();
  const int64_t tokens = rows.value.size(0), heads = rows.value.size(1),
                size = first.keys * first.values;
  const int64_t shared = heads / rows.key.size(1);
  at::parallel_for(0, heads, grain(tokens * size), [&](int64_t begin, int64_t end) {
    for (int64_t h = begin; h < end; ++h)
      kernels::table().recur(head_at(first, h, h / shared), tokens, states + h * size,
                             outputs + h * first.values);
  });
  return out;
}

at::Tensor run_recurrence_on_device(const LinearRecurrence& given, at::Tensor& state) {
  const LinearRecurrence rows = fp32_rows(given);
  const int64_t heads = rows.value.size(1);
  std::vector<at::Tensor> outputs;
  for (int64_t t = 0; t < rows.value.size(0); ++t) {
    at::Tensor key = column(rows.key, t, heads),
               query = column(rows.query, t, heads).transpose(1, 2);
    at::Tensor added = key * rows.value[t].unsqueeze(1);
    at::Tensor after = state * rows.decay[t].unsqueeze(2) + added;
    if (rows.removal.defined())
      after =
          after + rows.replacement[t].unsqueeze(2) * at::bmm(rows.removal[t].unsqueeze(1), state);
    at::Tensor read = rows.bonus.defined() ? state + rows.bonus.unsqueeze(2) * added : after;
    outputs.push_back(at::bmm(query, read).squeeze(1));
    state.copy_(after);
  }
  return at::stack(outputs);
}

at::Tensor run_scan(const SelectiveScan& given, at::Tensor& state) {
  if (!state.is_cpu()) return run_scan_on_device(given, state);
  // in and out may lie side by side in wider rows; copies of their own make the rows equal.
  const SelectiveScan rows = fp32_rows(given);
  at::Tensor y = at::empty_like(rows.x);
  const int64_t tokens = rows.x.size(0), channels = rows.x.size(1), states = rows.rate.size(0);
  const kernels::SelectiveChannels scan{channels,
                                        states,
                                        floats_if_any(rows.x),
                                        floats_if_any(rows.step),
                                        floats_if_any(rows.rate),
                                        floats_if_any(rows.skip),
                                        floats_if_any(rows.in),
                                        floats_if_any(rows.out),
                                        states,
                                        state.mutable_data_ptr<float>(),
                                        y.mutable_data_ptr<float>()};
  constexpr int64_t kBlock = 16;
  const int64_t blocks = (channels + kBlock - 1) / kBlock;
  at::parallel_for(0, blocks, grain(tokens * kBlock * states), [&](int64_t begin, int64_t end) {
    kernels::table().selective_scan(scan, tokens, begin * kBlock, std::min(channels, end * kBlock));
  });
  return y;
}

at::Tensor run_scan_on_device(const SelectiveScan& given, at::Tensor& state) {
  const SelectiveScan rows = fp32_rows(given);
  at::Tensor driven = rows.step * rows.x;
  std::vector<at::Tensor> outputs;
  for (int64_t t = 0; t < rows.x.size(0); ++t) {
    state.mul_(at::exp(rows.step[t] * rows.rate)).add_(rows.in[t].unsqueeze(1) * driven[t]);
    outputs.push_back((rows.out[t].unsqueeze(1) * state).sum(0));
  }
  return at::stack(outputs) + rows.skip * rows.x;
}

at::Tensor causal_convolution(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias,
                              at::Tensor& state) {
  const int64_t tokens = x.size(0), kept = state.size(0);
  at::Tensor wide = x.to(at::kFloat), all = at::cat({state, wide});
  at::Tensor y = wide * weight[kept];
  for (int64_t k = 0; k < kept; ++k) y = y + all.narrow(0, k, tokens) * weight[k];
  state.copy_(all.narrow(0, tokens, kept));
  return bias.defined() ? y + bias : y;
}

at::Tensor shifted(const at::Tensor& x, at::Tensor& state) {
  const int64_t tokens = x.size(0);
  at::Tensor all = at::cat({state.unsqueeze(0).to(x.scalar_type()), x});
  state.copy_(all[tokens]);
  return all.narrow(0, 0, tokens);
}

}  // namespace loom
