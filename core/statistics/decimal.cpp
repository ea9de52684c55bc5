#include "core/statistics/decimal.h"

#include <cmath>

namespace loom {
namespace {
constexpr double kScale = 1e9;
}

void DecimalSum::add(double value) {
  billionths_ += static_cast<Wide>(std::llround(value * kScale));
  ++count_;
}

void DecimalSum::add(const DecimalSum& other) {
  billionths_ += other.billionths_;
  count_ += other.count_;
}

double DecimalSum::total() const {
  return static_cast<double>(billionths_) / kScale;
}

std::optional<double> DecimalSum::mean() const {
  if (count_ == 0) return std::nullopt;
  auto n = static_cast<Wide>(count_);
  Wide half = billionths_ >= 0 ? n / 2 : -(n / 2);
  return static_cast<double>((billionths_ + half) / n) / kScale;
}

std::optional<double> decimal_mean(std::span<const double> values) {
  DecimalSum sum;
  for (double value : values) sum.add(value);
  return sum.mean();
}

}  // namespace loom
