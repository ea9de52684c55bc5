#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>

#include <algorithm>
#include <cstring>

#include "core/engine/dequantise.h"
#include "core/engine/packed_weights.h"

namespace loom {
namespace {

constexpr std::string_view kPacked = ".qweight";
constexpr int64_t kLargest = int64_t{1} << 24;  // rows or columns of a matrix

int64_t rows_of(const TensorInfo& info) {
  return info.shape[0];
}
int64_t columns_of(const TensorInfo& info) {
  return info.shape[1];
}

uint32_t word_at(const TensorInfo& info, int64_t index) {
  uint32_t word;  // offsets in a file need not be multiples of four
  std::memcpy(&word, info.bytes.data() + index * 4, sizeof word);
  return word;
}

// One packed matrix and what belongs to it.
struct PackedMatrix {
  PackedFormat format;
  TensorInfo integers, zeros, scales;
  std::optional<TensorInfo> groups;
  std::shared_ptr<const void> keep;
  int64_t inputs = 0, outputs = 0;

  uint32_t mask() const { return (1u << format.bits) - 1; }
  int64_t group_size() const { return format.group > 0 ? format.group : inputs; }

  // Which of the values in a row of words is that of a column.
  int64_t place(int64_t column) const {
    constexpr int64_t kAwqFields[8] = {0, 4, 1, 5, 2, 6, 3, 7};
    return format.kind == PackedFormat::Kind::awq ? column / 8 * 8 + kAwqFields[column % 8]
                                                  : column;
  }
  int64_t along_outputs(const TensorInfo& words, int64_t row, int64_t out) const {
    return packed_bits(words, row * columns_of(words), 1, place(out) * format.bits, format.bits);
  }
  int64_t integer(int64_t in, int64_t out) const {
    if (format.kind == PackedFormat::Kind::awq) return along_outputs(integers, in, out);
    return packed_bits(integers, out, outputs, in * format.bits, format.bits);
  }
  // Stored less the shift, and around from 0 to the largest (packed_weights.h says why).
  int64_t zero(int64_t group, int64_t out) const {
    return (along_outputs(zeros, group, out) + format.zero_shift) & mask();
  }
  Status check(const std::string& name);
  Result<std::vector<int64_t>> group_of_inputs() const;
  Result<at::Tensor> unpack() const;
};

Status PackedMatrix::check(const std::string& name) {
  const bool awq = format.kind == PackedFormat::Kind::awq;
  for (const TensorInfo* info : {&integers, &zeros, &scales})
    if (info->shape.size() != 2 || rows_of(*info) < 1 || columns_of(*info) < 1 ||
        rows_of(*info) > kLargest || columns_of(*info) > kLargest)
      return misfit(info->name, "is not a matrix");
  if (integers.type != WeightType::i32 || zeros.type != WeightType::i32)
    return misfit(name, "is not of 32-bit integers");
  if (scales.type != WeightType::f16 && scales.type != WeightType::bf16 &&
      scales.type != WeightType::f32)
    return misfit(scales.name, "is not of numbers");
  if (rows_of(integers) * 32 % format.bits != 0)
    return misfit(name, "does not hold whole integers of " + std::to_string(format.bits) + " bits");
  inputs = awq ? rows_of(integers) : rows_of(integers) * 32 / format.bits;
  outputs = awq ? columns_of(integers) * 32 / format.bits : columns_of(integers);
  const int64_t count = (inputs + group_size() - 1) / group_size();
  if (rows_of(scales) != count || columns_of(scales) != outputs)
    return misfit(scales.name, "does not fit its groups");
  if (rows_of(zeros) != count || columns_of(zeros) * 32 != outputs * format.bits)
    return misfit(zeros.name, "does not fit its groups");
  if (groups && (groups->type != WeightType::i32 || groups->shape != std::vector<int64_t>{inputs}))
    return misfit(groups->name, "does not name a group for every input");
  return {};
}

Result<std::vector<int64_t>> PackedMatrix::group_of_inputs() const {
  std::vector<int64_t> group(static_cast<size_t>(inputs));
  for (int64_t in = 0; in < inputs; ++in) {
    int64_t& one = group[static_cast<size_t>(in)];
    one = groups ? static_cast<int32_t>(word_at(*groups, in)) : in / group_size();
    if (one < 0 || one >= rows_of(scales)) return misfit(groups->name, "names a group that is not");
  }
  return group;
}

Result<at::Tensor> PackedMatrix::unpack() const {
  LOOM_TRY(const auto group, group_of_inputs());
  at::Tensor wide = at::empty(scales.shape, at::kFloat);
  LOOM_CHECK(dequantise(scales, wide.mutable_data_ptr<float>()));
  const float* scale = wide.const_data_ptr<float>();
  at::Tensor made = at::empty({outputs, inputs}, at::kHalf);
  auto* to = made.mutable_data_ptr<at::Half>();
  at::parallel_for(0, outputs, 8, [&](int64_t begin, int64_t end) {
    for (int64_t out = begin; out < end; ++out)
      for (int64_t in = 0; in < inputs; ++in) {
        const int64_t g = group[static_cast<size_t>(in)];
        const auto steps = static_cast<float>(integer(in, out) - zero(g, out));
        to[out * inputs + in] = static_cast<at::Half>(steps * scale[g * outputs + out]);
      }
  });
  return made;
}

bool all_zero(const TensorInfo& info) {
  return std::all_of(info.bytes.begin(), info.bytes.end(),
                     [](std::byte byte) { return byte == std::byte{0}; });
}

}  // namespace

uint32_t packed_bits(const TensorInfo& words, int64_t first, int64_t stride, int64_t bit,
                     int bits) {
  const int64_t word = bit / 32, begin = bit % 32;
  uint64_t both = word_at(words, first + word * stride);
  if (begin + bits > 32) both |= uint64_t{word_at(words, first + (word + 1) * stride)} << 32;
  return static_cast<uint32_t>((both >> begin) & ((uint64_t{1} << bits) - 1));
}

Error misfit(const std::string& name, const std::string& what) {
  return {ErrorKind::corrupt, "the tensor " + name + " " + what, "weights",
          "The model's files and its quantization_config do not belong together"};
}

Status unpack_integers(Weights& weights, const PackedFormat& format) {
  for (const std::string& name : weights.stored_names()) {
    if (!name.ends_with(kPacked)) continue;
    const std::string base = name.substr(0, name.size() - kPacked.size());
    std::vector<std::string> sources = {name, base + ".qzeros", base + ".scales"};
    PackedMatrix matrix;
    matrix.format = format;
    for (auto [part, source] : {std::pair{&matrix.integers, sources[0]},
                                {&matrix.zeros, sources[1]},
                                {&matrix.scales, sources[2]}}) {
      const TensorInfo* info = weights.stored(source);
      if (!info) return misfit(source, "is missing");
      *part = *info;
    }
    const TensorInfo* groups = weights.stored(base + ".g_idx");
    if (groups && format.kind == PackedFormat::Kind::gptq) {
      matrix.groups = *groups;
      sources.push_back(base + ".g_idx");
    }
    LOOM_CHECK(matrix.check(name));
    // Programs that pack give every matrix a bias; what an architecture does not have is then zero.
    if (const TensorInfo* bias = weights.stored(base + ".bias"); bias && all_zero(*bias))
      weights.ignore(bias->name);
    matrix.keep = weights.mappings();
    const std::vector<int64_t> shape = {matrix.outputs, matrix.inputs};
    weights.derive(base + ".weight", sources,
                   {shape, [matrix = std::move(matrix)] { return matrix.unpack(); }, at::kHalf});
  }
  return {};
}

}  // namespace loom
