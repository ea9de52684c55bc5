// Sums and means in decimal: values are rounded to a billionth once and added as integers, so a
// mean shown with two decimals is what a person adding the printed scores gets, in any order.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace loom {

class DecimalSum {
 public:
  void add(double value);
  void add(const DecimalSum& other);
  size_t count() const { return count_; }
  double total() const;
  std::optional<double> mean() const;  // rounded half away from zero to a billionth

 private:
  __extension__ typedef __int128 Wide;
  Wide billionths_ = 0;
  size_t count_ = 0;
};

std::optional<double> decimal_mean(std::span<const double> values);

// The number to print with so many decimals, at most nine: rounded to a billionth and then half
// away from zero, as published tables are. The binary digits alone make 51.53 of 51.535.
double as_printed(double value, int decimals);

}  // namespace loom
