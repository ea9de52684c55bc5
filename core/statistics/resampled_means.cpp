#include "core/statistics/resampled_means.h"

#include <algorithm>
#include <atomic>
#include <optional>

#include "core/base/for_each_index.h"
#include "core/base/random_jump.h"

namespace loom {
namespace {

constexpr size_t kFewDraws = 1 << 21;     // take less than the threads and the leap do
constexpr size_t kLanes = 4;              // resamples that a core draws at once
constexpr size_t kDrawsAtOnce = 1 << 18;  // of a piece of work, at least

// Random::below for one bound, with a multiplication in place of the division.
class Below {
 public:
  explicit Below(uint64_t bound)
      : bound_(bound), reciprocal_(UINT64_MAX / bound), limit_(-bound % bound) {}
  bool rejects(uint64_t value) const { return value < limit_; }
  // value % bound: the quotient by the reciprocal is right or one too small.
  uint64_t rest(uint64_t value) const {
    const auto quotient = static_cast<uint64_t>(Wide{value} * reciprocal_ >> 64);
    const uint64_t rest = value - quotient * bound_;
    return rest >= bound_ ? rest - bound_ : rest;
  }

 private:
  __extension__ typedef unsigned __int128 Wide;
  uint64_t bound_, reciprocal_, limit_;
};

std::vector<double> drawn_in_turn(std::span<const double> values, Random random, size_t resamples) {
  std::vector<double> means(resamples);
  for (double& mean : means) {
    double sum = 0;
    for (size_t i = 0; i < values.size(); ++i) sum += values[random.below(values.size())];
    mean = sum / static_cast<double>(values.size());
  }
  return means;
}

// So many resamples beside each other: their sums do not wait for one another. False where a
// number has to be drawn again, so that all that follow begin elsewhere.
template <size_t lanes>
bool draw_beside(std::span<const double> values, const Random* starts, double* means) {
  const Below below(values.size());
  std::array<Random, kLanes> randoms{starts[0], starts[lanes > 1 ? 1 : 0],
                                     starts[lanes > 2 ? 2 : 0], starts[lanes > 3 ? 3 : 0]};
  std::array<double, lanes> sums{};
  bool rejected = false;
  for (size_t i = 0; i < values.size(); ++i)
    for (size_t lane = 0; lane < lanes; ++lane) {
      const uint64_t number = randoms[lane].next();
      rejected |= below.rejects(number);
      sums[lane] += values[below.rest(number)];
    }
  for (size_t lane = 0; lane < lanes; ++lane)
    means[lane] = sums[lane] / static_cast<double>(values.size());
  return !rejected;
}

// Where each resample begins if no number is drawn again.
std::vector<Random> starts_of(Random random, size_t values, size_t resamples) {
  constexpr size_t kStepsOfALeap = 512;  // are taken one by one in its time
  const RandomJump jump(values);
  std::vector<Random> starts;
  starts.reserve(resamples);
  for (size_t i = 0; i < resamples; ++i) {
    starts.push_back(random);
    if (values > kStepsOfALeap) {
      jump.leap(random);
    } else {
      for (size_t step = 0; step < values; ++step) random.next();
    }
  }
  return starts;
}

std::optional<std::vector<double>> drawn_beside(std::span<const double> values,
                                                const Random& random, size_t resamples) {
  const std::vector<Random> starts = starts_of(random, values.size(), resamples);
  std::vector<double> means(resamples);
  const size_t piece = (kDrawsAtOnce / values.size() / kLanes + 1) * kLanes;
  std::atomic<bool> rejected = false;
  for_each_index((resamples + piece - 1) / piece, all_cores(), {}, [&](size_t index) {
    const size_t end = std::min((index + 1) * piece, resamples);
    for (size_t i = index * piece; i < end;) {
      const bool whole = i + kLanes <= end;
      const bool drawn = whole ? draw_beside<kLanes>(values, &starts[i], &means[i])
                               : draw_beside<1>(values, &starts[i], &means[i]);
      if (!drawn) rejected = true;
      i += whole ? kLanes : 1;
    }
  });
  if (rejected) return std::nullopt;
  return means;
}

}  // namespace

std::vector<double> resampled_means(std::span<const double> values, uint64_t seed,
                                    size_t resamples) {
  const Random random(seed, "bootstrap");
  if (values.size() * resamples > kFewDraws)
    if (auto means = drawn_beside(values, random, resamples)) return std::move(*means);
  return drawn_in_turn(values, random, resamples);
}

}  // namespace loom
