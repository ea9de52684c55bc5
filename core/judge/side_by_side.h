// A few waiting tasks at once: questions to a server, of which each takes seconds.
#pragma once

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace loom {

// Calls work(0) … work(count - 1), each once, on at most so many threads; returns when all are
// done.
template <typename Work>
void side_by_side(size_t count, size_t threads, const Work& work) {
  std::atomic<size_t> next{0};
  const auto take = [&] {
    for (size_t i; (i = next++) < count;) work(i);
  };
  std::vector<std::jthread> others;
  for (size_t i = 1; i < std::min(count, threads); ++i) others.emplace_back(take);
  take();
}

}  // namespace loom
