// Work in pieces on the threads of at::parallel_for. Each thread takes the next piece when it is
// done with one, so that a thread which is held up does not hold up the others. A piece's result
// may not depend on which thread computes it, or when.
#pragma once

#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>

namespace loom {

template <typename Task>
void for_each_task(int64_t count, const Task& task) {
  std::atomic<int64_t> next = 0;
  at::parallel_for(0, std::min<int64_t>(count, at::get_num_threads()), 1, [&](int64_t, int64_t) {
    for (int64_t i = next++; i < count; i = next++) task(i);
  });
}

}  // namespace loom
