#include "core/statistics/decimal.h"

#include <algorithm>
#include <cmath>

namespace loom {
namespace {
constexpr double kScale = 1e9;
}

void DecimalSum::add(double value) {
  // A perplexity may pass what 64 bits hold; what is beyond all bounds counts as the bound.
  constexpr double kMost = 1e28;
  const double scaled = std::round(value * kScale);
  billionths_ += static_cast<Wide>(std::isnan(scaled) ? kMost : std::clamp(scaled, -kMost, kMost));
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

double as_printed(double value, int decimals) {
  constexpr double kMost = 1e9;  // above, a double has no billionths
  if (!(std::abs(value) < kMost)) return value;
  int64_t unit = 1;
  for (int left = decimals; left < 9; ++left) unit *= 10;
  const int64_t billionths = std::llround(value * kScale);
  const int64_t half = billionths >= 0 ? unit / 2 : -(unit / 2);
  return static_cast<double>((billionths + half) / unit) / (kScale / static_cast<double>(unit));
}

}  // namespace loom
