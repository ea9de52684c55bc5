// What this machine does at most, printed beside every bench: without it a rate says little.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace loom::bench {

using Clock = std::chrono::steady_clock;
inline double since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Seconds of the quickest of `times` calls: the one that others disturbed least.
template <typename Work>
double quickest(int times, Work work) {
  double best = 1e30;
  for (int i = 0; i < times; ++i) {
    const auto start = Clock::now();
    work();
    best = std::min(best, since(start));
  }
  return best;
}

double copy_gigabytes_per_second();  // memcpy of 256 MiB, read and written bytes together

}  // namespace loom::bench
