#include "core/engine/rope.h"

#include <ATen/TensorOperators.h>
#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>

#include <cmath>

namespace loom {

RopeTable rope_table(const std::vector<float>& frequencies, const std::vector<int64_t>& positions, double magnitude) {
  auto count = static_cast<int64_t>(positions.size()), half = static_cast<int64_t>(frequencies.size());
  RopeTable table{at::empty({count, half}, at::kFloat), at::empty({count, half}, at::kFloat)};
  float* cosine = table.cosine.mutable_data_ptr<float>();
  float* sine = table.sine.mutable_data_ptr<float>();
  at::parallel_for(0, count, 64, [&](int64_t begin, int64_t end) {
    for (int64_t t = begin; t < end; ++t)
      for (int64_t i = 0; i < half; ++i) {
        // The angle is rounded to float first, as the reference multiplies in float.
        float angle = static_cast<float>(positions[static_cast<size_t>(t)]) * frequencies[static_cast<size_t>(i)];
        cosine[t * half + i] = static_cast<float>(magnitude * std::cos(static_cast<double>(angle)));
        sine[t * half + i] = static_cast<float>(magnitude * std::sin(static_cast<double>(angle)));
      }
  });
  return table;
}

void apply_rope(at::Tensor& x, const RopeTable& table) {
  int64_t tokens = x.size(0), heads = x.size(1), d = x.size(2), half = table.cosine.size(1);
  if (!x.is_cpu()) {
    // The table is fp32, so the products are too.
    auto c = table.cosine.to(x.device()).unsqueeze(1), s = table.sine.to(x.device()).unsqueeze(1);
    auto a = x.narrow(2, 0, half), b = x.narrow(2, half, half);
    at::Tensor first = a * c - b * s, second = b * c + a * s;
    a.copy_(first);
    b.copy_(second);
    return;
  }
  float* data = x.mutable_data_ptr<float>();
  const float* cosine = table.cosine.const_data_ptr<float>();
  const float* sine = table.sine.const_data_ptr<float>();
  at::parallel_for(0, tokens, 16, [&](int64_t begin, int64_t end) {
    for (int64_t t = begin; t < end; ++t)
      for (int64_t h = 0; h < heads; ++h) {
        float* row = data + (t * heads + h) * d;
        for (int64_t i = 0; i < half; ++i) {
          float c = cosine[t * half + i], s = sine[t * half + i], a = row[i], b = row[i + half];
          row[i] = a * c - b * s;
          row[i + half] = b * c + a * s;
        }
      }
  });
}

}  // namespace loom
