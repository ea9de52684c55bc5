#include "core/statistics/intervals.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <vector>

#include "core/base/for_each_index.h"
#include "core/base/random.h"
#include "core/statistics/decimal.h"
#include "core/statistics/resampled_means.h"

namespace loom {
namespace {

constexpr int kResamples = 10000;
// Beyond this many drawn values a resample count is lowered so that one interval stays below about
// a tenth of a second; 2,000 resamples still put the percentile's own error under a hundredth of
// the interval's width.
constexpr size_t kDrawLimit = 20'000'000;
constexpr size_t kSignsAtOnce = 1 << 20;  // of a piece of work, at least

int bounded_resamples(size_t values, int wanted) {
  size_t allowed = std::max<size_t>(kDrawLimit / std::max<size_t>(values, 1), 2000);
  return static_cast<int>(std::min<size_t>(static_cast<size_t>(wanted), allowed));
}

// The p-quantile by linear interpolation between order statistics (type 7).
double quantile(std::vector<double>& sorted, double p) {
  double place = p * static_cast<double>(sorted.size() - 1);
  auto below = static_cast<size_t>(place);
  double share = place - static_cast<double>(below);
  double next = sorted[std::min(below + 1, sorted.size() - 1)];
  return sorted[below] + share * (next - sorted[below]);
}

double flipped_sum(std::span<const double> differences, Random random) {
  double sum = 0;
  uint64_t bits = 0;
  for (size_t k = 0; k < differences.size(); ++k) {
    if (k % 64 == 0) bits = random.next();
    sum += bits >> (k % 64) & 1 ? differences[k] : -differences[k];
  }
  return sum;
}

// In how many of so many draws of signs the sum is as far from zero as it is. The draws are those
// of one stream on any number of cores.
size_t flips_as_large(std::span<const double> differences, uint64_t seed, size_t flips) {
  double observed = 0;
  for (double difference : differences) observed += difference;
  std::vector<Random> starts;
  Random random(seed, "sign flip");
  for (size_t i = 0; i < flips; ++i) {
    starts.push_back(random);
    for (size_t k = 0; k < differences.size(); k += 64) random.next();
  }
  std::atomic<size_t> as_large = 0;
  const size_t piece = kSignsAtOnce / differences.size() + 1;
  for_each_index((flips + piece - 1) / piece, all_cores(), {}, [&](size_t index) {
    for (size_t i = index * piece; i < std::min((index + 1) * piece, flips); ++i)
      if (std::abs(flipped_sum(differences, starts[i])) >= std::abs(observed) - 1e-12) ++as_large;
  });
  return as_large;
}

}  // namespace

Interval wilson(size_t successes, size_t n, double z) {
  if (n == 0) return {0, 1};
  double count = static_cast<double>(n), p = static_cast<double>(successes) / count;
  double denominator = 1 + z * z / count;
  double centre = (p + z * z / (2 * count)) / denominator;
  double half = z * std::sqrt(p * (1 - p) / count + z * z / (4 * count * count)) / denominator;
  // At none and at all the end is exact; rounding must not move it off p.
  return {successes == 0 ? 0.0 : std::max(0.0, centre - half),
          successes == n ? 1.0 : std::min(1.0, centre + half)};
}

std::optional<Interval> bootstrap_mean(std::span<const double> values, uint64_t seed,
                                       int resamples) {
  if (values.size() < 2) return std::nullopt;
  const auto count = static_cast<size_t>(bounded_resamples(values.size(), resamples));
  std::vector<double> means = resampled_means(values, seed, count);
  std::sort(means.begin(), means.end());
  return Interval{quantile(means, 0.025), quantile(means, 0.975)};
}

std::optional<PairedDifference> paired_difference(std::span<const double> a,
                                                  std::span<const double> b, uint64_t seed) {
  if (a.size() != b.size() || a.size() < 2) return std::nullopt;
  std::vector<double> differences(a.size());
  for (size_t i = 0; i < a.size(); ++i) differences[i] = a[i] - b[i];
  PairedDifference result;
  result.n = a.size();
  result.mean = *decimal_mean(differences);
  result.interval = *bootstrap_mean(differences, seed);
  const int flips = bounded_resamples(differences.size(), kResamples);
  const size_t at_least = flips_as_large(differences, seed, static_cast<size_t>(flips));
  // The observed arrangement counts as one of them (Phipson and Smyth 2010), so p is never zero.
  result.p = static_cast<double>(at_least + 1) / static_cast<double>(flips + 1);
  return result;
}

}  // namespace loom
