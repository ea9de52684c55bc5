// Work in pieces on the threads of at::parallel_for. Each thread takes the next piece when it is
// done with one, so that a thread which is held up does not hold up the others. A piece's result
// may not depend on which thread computes it, or when.
#pragma once

#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <vector>

namespace loom {

template <typename Task>
void for_each_task(int64_t count, const Task& task) {
  std::atomic<int64_t> next = 0;
  at::parallel_for(0, std::min<int64_t>(count, at::get_num_threads()), 1, [&](int64_t, int64_t) {
    for (int64_t i = next++; i < count; i = next++) task(i);
  });
}

// Memory that a thread keeps for the task at hand, until it asks again. It begins at a cache line:
// vectors that lie across two lines are read at half the rate.
inline float* task_scratch(int64_t floats) {
  constexpr uintptr_t kLine = 64;
  static thread_local std::vector<float> kept;
  const size_t wanted = static_cast<size_t>(floats) + kLine / sizeof(float);
  if (kept.size() < wanted) kept.resize(wanted);
  const uintptr_t past = reinterpret_cast<uintptr_t>(kept.data()) % kLine;
  return kept.data() + (kLine - past) % kLine / sizeof(float);
}

}  // namespace loom
