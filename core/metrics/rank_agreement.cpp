#include "core/metrics/rank_agreement.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <vector>

namespace loom {
namespace {

std::vector<double> ranks(std::span<const double> values) {
  std::vector<size_t> order(values.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, {}, [&](size_t i) { return values[i]; });
  std::vector<double> result(values.size());
  for (size_t first = 0; first < order.size();) {
    size_t last = first;
    while (last < order.size() && values[order[last]] == values[order[first]]) ++last;
    double rank = static_cast<double>(first + last - 1) / 2;
    for (; first < last; ++first) result[order[first]] = rank;
  }
  return result;
}

// Where a number stands in a list for the first and for the last time.
struct Places {
  size_t first, last;
};

std::map<int64_t, Places> places_of(std::span<const int64_t> list) {
  std::map<int64_t, Places> places;
  for (size_t i = 0; i < list.size(); ++i)
    places.try_emplace(list[i], Places{i, i}).first->second.last = i;
  return places;
}

}  // namespace

std::optional<double> spearman(std::span<const double> a, std::span<const double> b) {
  if (a.size() < 2 || a.size() != b.size()) return std::nullopt;
  auto left = ranks(a), right = ranks(b);
  double middle = static_cast<double>(a.size() - 1) / 2, both = 0, ours = 0, theirs = 0;
  for (size_t i = 0; i < left.size(); ++i) {
    double x = left[i] - middle, y = right[i] - middle;
    both += x * y;
    ours += x * x;
    theirs += y * y;
  }
  if (ours == 0 || theirs == 0) return std::nullopt;
  return both / std::sqrt(ours * theirs);
}

double concordance(std::span<const int64_t> answer, std::span<const int64_t> reference) {
  if (answer.size() != reference.size() || reference.size() < 2) return 0;
  const auto known = places_of(answer);
  std::vector<Places> ours;  // of the reference's numbers; no pair holds one that is not there
  for (int64_t number : reference) {
    const auto found = known.find(number);
    ours.push_back(found == known.end() ? Places{answer.size(), 0} : found->second);
  }
  size_t pairs = 0, kept = 0;
  for (size_t i = 0; i < ours.size(); ++i)
    for (size_t j = i + 1; j < ours.size(); ++j, ++pairs) kept += ours[i].first < ours[j].last;
  return static_cast<double>(kept) / static_cast<double>(pairs);
}

double exponential_similarity(double a, double b) {
  return std::exp2(-10 * std::abs(a - b));
}

}  // namespace loom
