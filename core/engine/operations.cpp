#include "core/engine/operations.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/_fused_rms_norm.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/tanh.h>

#include "core/engine/kernels.h"
#include "core/engine/tasks.h"

namespace loom {
namespace {

// A prompt's last chunk can be this short: widening a whole panel for it would not pay.
constexpr int64_t kFewRows = 8;
// Inputs widened at a time, whole blocks of every type: a panel of them stays in the cache.
constexpr int64_t kPanelInputs = 768;
constexpr int64_t kRowBlock = 96;  // fewer rows are not worth widening a panel for

const float* floats(const at::Tensor& tensor) {
  return tensor.const_data_ptr<float>();
}

kernels::StoredMatrix stored(const at::Tensor& weight, int64_t inputs, WeightType blocks) {
  if (weight.scalar_type() == at::kFloat) blocks = WeightType::f32;
  if (weight.scalar_type() == at::kHalf) blocks = WeightType::f16;
  if (weight.scalar_type() == at::kBFloat16) blocks = WeightType::bf16;
  return {blocks, static_cast<const std::byte*>(weight.const_data_ptr()),
          weight.size(1) * static_cast<int64_t>(weight.element_size()), weight.size(0), inputs};
}

// x times each of them, by one start of the threads.
std::vector<at::Tensor> few_rows(const at::Tensor& x, std::span<const Factor> factors) {
  struct Product {
    at::Tensor weight;  // keeps what `w` points to
    kernels::StoredMatrix w;
    const float* bias;
    float* y;
    int64_t pieces;
  };
  const float* input = floats(x);
  const int64_t rows = x.size(0), inputs = x.size(1), piece = std::max<int64_t>(1, 32768 / inputs);
  std::vector<at::Tensor> results;
  std::vector<Product> products;
  int64_t tasks = 0;
  for (const Factor& factor : factors) {
    at::Tensor weight = factor.weight.contiguous();
    const auto w = stored(weight, inputs, factor.blocks);
    results.push_back(at::empty({rows, w.outputs}, at::kFloat));
    products.push_back({std::move(weight), w, factor.bias.defined() ? floats(factor.bias) : nullptr,
                        results.back().mutable_data_ptr<float>(), (w.outputs + piece - 1) / piece});
    tasks += products.back().pieces;
  }
  for_each_task(tasks, [&](int64_t task) {
    const Product* one = products.data();
    for (; task >= one->pieces; ++one) task -= one->pieces;
    kernels::table().linear(one->w, one->bias, input, one->y, task * piece,
                            std::min(one->w.outputs, (task + 1) * piece), rows,
                            task_scratch(kernels::kLinearOutputs * inputs));
  });
  return results;
}

// Rows [begin, end) of the outputs of one panel; they are added to y where it is `begun`.
void one_panel(const kernels::StoredMatrix& w, int64_t panel, const float* x, int64_t begin,
               int64_t end, float* y, bool begun) {
  const kernels::Table& table = kernels::table();
  int64_t first = panel * table.panel_outputs,
          outputs = std::min(table.panel_outputs, w.outputs - first);
  int64_t most = std::min(kPanelInputs, w.inputs);
  float* packed = task_scratch((table.panel_outputs + 16) * most);
  for (int64_t from = 0; from < w.inputs; from += kPanelInputs) {
    int64_t inputs = std::min(kPanelInputs, w.inputs - from);
    table.pack(w, first, from, inputs, packed, packed + table.panel_outputs * most);
    table.multiply({packed, inputs, outputs}, x + begin * w.inputs + from, w.inputs, end - begin,
                   y + begin * w.outputs + first, w.outputs, begun || from > 0);
  }
}

// A panel is widened once for all rows, unless that leaves threads without work.
void many_rows(const kernels::StoredMatrix& w, const at::Tensor& x, float* y, bool begun) {
  const int64_t width = kernels::table().panel_outputs, panels = (w.outputs + width - 1) / width;
  const int64_t rows = x.size(0), wanted = 4 * at::get_num_threads();
  const int64_t cuts =
      std::clamp((wanted + panels - 1) / panels, int64_t{1}, (rows + kRowBlock - 1) / kRowBlock);
  const int64_t block = (rows + cuts - 1) / cuts;
  const float* input = floats(x);
  for_each_task(panels * cuts, [&](int64_t task) {
    const int64_t begin = std::min(rows, task % cuts * block);
    one_panel(w, task / cuts, input, begin, std::min(rows, begin + block), y, begun);
  });
}

// Decode rows in blocks of kDecodeRows, the last one filled up.
template <typename Product>
at::Tensor in_blocks(const at::Tensor& x, Product product) {
  int64_t rows = x.size(0);
  if (rows == kDecodeRows) return product(x);
  std::vector<at::Tensor> blocks;
  for (int64_t begin = 0; begin < rows; begin += kDecodeRows) {
    int64_t taken = std::min(rows - begin, kDecodeRows);
    at::Tensor block = x.narrow(0, begin, taken);
    if (taken < kDecodeRows)
      block = at::cat({block, block.narrow(0, 0, 1).expand({kDecodeRows - taken, x.size(1)})});
    blocks.push_back(product(block).narrow(0, 0, taken));
  }
  return blocks.size() == 1 ? blocks[0] : at::cat(blocks);
}

}  // namespace

at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias,
                  bool decode, WeightType blocks) {
  if (!x.is_cpu()) {
    auto product = [&](const at::Tensor& block) {
      return at::linear(block, weight, bias.defined() ? std::optional(bias) : std::nullopt);
    };
    return decode ? in_blocks(x, product) : product(x);
  }
  at::Tensor input = x.contiguous();
  int64_t rows = x.size(0);
  if (decode || rows <= kFewRows) {
    const Factor factor{weight, bias, blocks};
    return few_rows(input, {&factor, 1})[0];
  }
  at::Tensor kept = weight.contiguous();
  kernels::StoredMatrix w = stored(kept, x.size(1), blocks);
  at::Tensor y = bias.defined() ? bias.expand({rows, w.outputs}).clone(at::MemoryFormat::Contiguous)
                                : at::empty({rows, w.outputs}, at::kFloat);
  many_rows(w, input, y.mutable_data_ptr<float>(), bias.defined());
  return y;
}

std::vector<at::Tensor> linear_each(const at::Tensor& x, std::span<const Factor> factors,
                                    bool decode) {
  if (x.is_cpu() && (decode || x.size(0) <= kFewRows)) return few_rows(x.contiguous(), factors);
  std::vector<at::Tensor> results;
  for (const Factor& factor : factors)
    results.push_back(linear(x, factor.weight, factor.bias, decode, factor.blocks));
  return results;
}

at::Tensor linear_fp32(const at::Tensor& x, const at::Tensor& weight, bool decode,
                       WeightType blocks) {
  if (x.is_cpu() || x.scalar_type() == at::kFloat)
    return linear(x, weight, {}, decode, blocks).to(at::kCPU);
  auto product = [&](const at::Tensor& block) {
    return at::mm(block, weight.transpose(0, 1), at::kFloat);
  };
  return (decode ? in_blocks(x, product) : product(x)).to(at::kCPU);
}

at::Tensor rows_of(const at::Tensor& table, const at::Tensor& index, WeightType blocks) {
  at::Tensor rows = at::index_select(table, 0, index);
  if (rows.scalar_type() != at::kByte) return rows.is_cpu() ? rows.to(at::kFloat) : rows;
  BlockLayout layout = block_layout(blocks);
  int64_t width =
      rows.size(1) / static_cast<int64_t>(layout.bytes) * static_cast<int64_t>(layout.elements);
  at::Tensor widened = at::empty({rows.size(0), width}, at::kFloat);
  kernels::table().widen(blocks, static_cast<const std::byte*>(rows.const_data_ptr()),
                         widened.mutable_data_ptr<float>(), widened.numel());
  return widened;
}

at::Tensor rms_norm(const at::Tensor& x, const at::Tensor& weight, double epsilon) {
  if (!x.is_cpu()) {
    if (weight.scalar_type() == x.scalar_type())
      return std::get<0>(at::_fused_rms_norm(x.contiguous(), {x.size(-1)}, weight, epsilon));
    return rms_norm(x.to(at::kFloat), weight.to(at::kFloat), epsilon).to(x.scalar_type());
  }
  at::Tensor input = x.contiguous(), y = at::empty_like(input);
  int64_t n = x.size(-1), rows = x.numel() / n;
  float* out = y.mutable_data_ptr<float>();
  at::parallel_for(0, rows, 16, [&](int64_t begin, int64_t end) {
    for (int64_t r = begin; r < end; ++r)
      kernels::table().rms_norm(floats(input) + r * n, floats(weight), out + r * n, n,
                                static_cast<float>(epsilon));
  });
  return y;
}

at::Tensor layer_norm(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias,
                      double epsilon) {
  if (weight.defined() && weight.scalar_type() != x.scalar_type())
    return layer_norm(x.to(at::kFloat), weight.to(at::kFloat),
                      bias.defined() ? bias.to(at::kFloat) : bias, epsilon)
        .to(x.scalar_type());
  return at::layer_norm(x.contiguous(), {x.size(-1)}, weight,
                        bias.defined() ? std::optional(bias) : std::nullopt, epsilon);
}

namespace {

using GatedKernel = void (*)(float*, const float*, int64_t);

at::Tensor gated(at::Tensor gate, const at::Tensor& up, GatedKernel kernel) {
  gate = gate.contiguous();
  at::Tensor other = up.contiguous();
  int64_t n = gate.size(-1), rows = gate.numel() / n;
  float* data = gate.mutable_data_ptr<float>();
  at::parallel_for(0, rows, 4, [&](int64_t begin, int64_t end) {
    for (int64_t r = begin; r < end; ++r) kernel(data + r * n, floats(other) + r * n, n);
  });
  return gate;
}

}  // namespace

at::Tensor swiglu(at::Tensor gate, const at::Tensor& up) {
  if (!gate.is_cpu()) return at::silu(gate) * up;
  return gated(std::move(gate), up, kernels::table().swiglu);
}

at::Tensor geglu(at::Tensor gate, const at::Tensor& up) {
  if (!gate.is_cpu()) return at::gelu(gate, "tanh") * up;
  return gated(std::move(gate), up, kernels::table().geglu);
}

at::Tensor soft_cap(const at::Tensor& x, double cap) {
  return at::tanh(x / cap) * cap;
}

}  // namespace loom
