#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>

#include <cstring>

#include "core/engine/dequantise.h"
#include "core/engine/packed_weights.h"

namespace loom {
namespace {

constexpr std::string_view kFactors = ".weight_scale";
constexpr int64_t kMostRows = int64_t{1} << 24;  // rows or columns of a matrix

template <typename T>
T read_at(const TensorInfo& info, int64_t index) {
  T value;  // offsets in a file need not be multiples of a number's size
  std::memcpy(&value, info.bytes.data() + static_cast<size_t>(index) * sizeof value, sizeof value);
  return value;
}

// Integers below zero are stored with half their range added.
int64_t signed_bits(const TensorInfo& words, int64_t first, int64_t stride, int64_t index,
                    int bits) {
  return int64_t{packed_bits(words, first, stride, index * bits, bits)} -
         (int64_t{1} << (bits - 1));
}

int64_t ceil_div(int64_t a, int64_t b) {
  return (a + b - 1) / b;
}

struct CompressedMatrix {
  CompressedFormat format;
  TensorInfo values, factors;
  std::optional<TensorInfo> zeros;
  std::shared_ptr<const void> keep;
  int64_t outputs = 0, inputs = 0;

  int64_t block_rows() const { return format.rows > 0 ? format.rows : outputs; }
  int64_t block_columns() const { return format.columns > 0 ? format.columns : inputs; }
  int64_t down() const { return ceil_div(outputs, block_rows()); }
  int64_t across() const { return ceil_div(inputs, block_columns()); }
  Status check(const TensorInfo* shape);
  Status check_values() const;
  Status check_zeros() const;
  float zero(int64_t out, int64_t group) const;
  template <typename Number>
  void unpack_rows(int64_t begin, int64_t end, const float* scale, const float* wide,
                   Number* to) const;
  Result<at::Tensor> unpack() const;
};

Status CompressedMatrix::check(const TensorInfo* shape) {
  if (values.shape.size() != 2) return misfit(values.name, "is not a matrix");
  outputs = values.shape[0], inputs = values.shape[1];
  if (format.packed) {
    if (!shape || shape->type != WeightType::i64 || shape->shape != std::vector<int64_t>{2})
      return misfit(values.name, "has no weight_shape of two numbers");
    outputs = read_at<int64_t>(*shape, 0), inputs = read_at<int64_t>(*shape, 1);
  }
  if (outputs < 1 || inputs < 1 || outputs > kMostRows || inputs > kMostRows)
    return misfit(values.name, "is not a matrix");
  LOOM_CHECK(check_values());
  if (factors.type != WeightType::f16 && factors.type != WeightType::bf16 &&
      factors.type != WeightType::f32)
    return misfit(factors.name, "is not of numbers");
  if (factors.elements() != down() * across() ||
      (factors.shape.size() == 2 && (factors.shape[0] != down() || factors.shape[1] != across())))
    return misfit(factors.name, "does not fit its blocks");
  return check_zeros();
}

Status CompressedMatrix::check_values() const {
  if (!format.packed) {
    const WeightType wanted = format.fp8 ? WeightType::f8_e4m3 : WeightType::i8;
    if (values.type != wanted)
      return misfit(values.name, std::string("is not of ") + to_string(wanted));
    return {};
  }
  if (values.type != WeightType::i32) return misfit(values.name, "is not of 32-bit integers");
  if (values.shape != std::vector<int64_t>{outputs, ceil_div(inputs * format.bits, 32)})
    return misfit(values.name, "does not hold what weight_shape says");
  return {};
}

Status CompressedMatrix::check_zeros() const {
  if (format.symmetric) return {};
  const std::vector<int64_t> wanted = {format.packed ? ceil_div(outputs * format.bits, 32) : down(),
                                       across()};
  if (!zeros) return misfit(values.name, "has no zero points");
  if (block_rows() != 1 || zeros->shape != wanted ||
      zeros->type != (format.packed ? WeightType::i32 : WeightType::i8))
    return misfit(zeros->name, "does not fit its blocks");
  return {};
}

float CompressedMatrix::zero(int64_t out, int64_t group) const {
  if (!zeros) return 0;
  if (format.packed)
    return static_cast<float>(signed_bits(*zeros, group, across(), out, format.bits));
  return static_cast<float>(read_at<int8_t>(*zeros, out * across() + group));
}

template <typename Number>
void CompressedMatrix::unpack_rows(int64_t begin, int64_t end, const float* scale,
                                   const float* wide, Number* to) const {
  const int64_t words = format.packed ? values.shape[1] : 0;
  for (int64_t out = begin; out < end; ++out)
    for (int64_t in = 0; in < inputs; ++in) {
      const int64_t group = in / block_columns();
      float value = 0;
      if (format.packed) {
        value = static_cast<float>(signed_bits(values, out * words, 1, in, format.bits));
      } else {
        value = wide ? wide[out * inputs + in]
                     : static_cast<float>(read_at<int8_t>(values, out * inputs + in));
      }
      to[out * inputs + in] = static_cast<Number>((value - zero(out, group)) *
                                                  scale[out / block_rows() * across() + group]);
    }
}

at::ScalarType number_type(WeightType type) {
  return type == WeightType::f16    ? at::kHalf
         : type == WeightType::bf16 ? at::kBFloat16
                                    : at::kFloat;
}

Result<at::Tensor> CompressedMatrix::unpack() const {
  at::Tensor scale = at::empty({down(), across()}, at::kFloat), wide;
  LOOM_CHECK(dequantise(factors, scale.mutable_data_ptr<float>()));
  const float *from = nullptr, *factor = scale.const_data_ptr<float>();
  if (format.fp8) {
    wide = at::empty({outputs, inputs}, at::kFloat);
    LOOM_CHECK(dequantise(values, wide.mutable_data_ptr<float>()));
    from = wide.const_data_ptr<float>();
  }
  at::Tensor made = at::empty({outputs, inputs}, number_type(factors.type));
  at::parallel_for(0, outputs, 8, [&](int64_t begin, int64_t end) {
    if (made.scalar_type() == at::kHalf) {
      unpack_rows(begin, end, factor, from, made.mutable_data_ptr<at::Half>());
    } else if (made.scalar_type() == at::kBFloat16) {
      unpack_rows(begin, end, factor, from, made.mutable_data_ptr<at::BFloat16>());
    } else {
      unpack_rows(begin, end, factor, from, made.mutable_data_ptr<float>());
    }
  });
  return made;
}

}  // namespace

Status unpack_compressed(Weights& weights, const CompressedFormat& format) {
  for (const std::string& name : weights.stored_names()) {
    if (!name.ends_with(kFactors)) continue;
    const std::string base = name.substr(0, name.size() - kFactors.size()) + ".weight";
    const std::string stored = format.packed ? base + "_packed" : base;
    const TensorInfo *values = weights.stored(stored),
                     *zeros = weights.stored(base + "_zero_point"),
                     *shape = weights.stored(base + "_shape");
    if (!values) return misfit(stored, "is missing");
    CompressedMatrix matrix;
    matrix.format = format;
    matrix.values = *values;
    matrix.factors = *weights.stored(name);
    std::vector<std::string> sources = {name, stored};
    if (zeros && !format.symmetric) {
      matrix.zeros = *zeros;
      sources.push_back(zeros->name);
    }
    if (shape && format.packed) sources.push_back(shape->name);
    LOOM_CHECK(matrix.check(shape));
    matrix.keep = weights.mappings();
    const std::vector<int64_t> size = {matrix.outputs, matrix.inputs};
    const at::ScalarType type = number_type(matrix.factors.type);
    weights.derive(base, sources,
                   {size, [matrix = std::move(matrix)] { return matrix.unpack(); }, type});
  }
  return {};
}

}  // namespace loom
