#include "core/benchmarks/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace loom {

void for_each_index(size_t count, std::stop_token stop, const std::function<void(size_t)>& work) {
  std::atomic<size_t> next = 0;
  auto loop = [&] {
    for (size_t i = next++; i < count && !stop.stop_requested(); i = next++) work(i);
  };
  const size_t threads = std::min<size_t>(std::max(1u, std::thread::hardware_concurrency()), count);
  std::vector<std::jthread> others;
  for (size_t i = 1; i < threads; ++i) others.emplace_back(loop);
  loop();
}

}  // namespace loom
