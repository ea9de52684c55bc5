// 95 % intervals and paired differences. All functions are deterministic given their seed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace loom {

struct Interval {
  double low = 0, high = 0;
};

// Wilson score interval for a proportion (Wilson 1927), without continuity correction.
Interval wilson(size_t successes, size_t n, double z = 1.959963984540054);
// Percentile bootstrap of the mean (Efron 1979); nullopt below two values.
std::optional<Interval> bootstrap_mean(std::span<const double> values, uint64_t seed,
                                       int resamples = 10000);
// Mean of a-b over pairs with a bootstrap interval and a two-sided sign-flip permutation p.
struct PairedDifference {
  double mean = 0;
  Interval interval;
  double p = 1;
  size_t n = 0;
};
std::optional<PairedDifference> paired_difference(std::span<const double> a,
                                                  std::span<const double> b, uint64_t seed);

}  // namespace loom
