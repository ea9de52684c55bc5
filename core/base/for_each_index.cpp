#include "core/base/for_each_index.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace loom {

size_t all_cores() {
  return std::max(1u, std::thread::hardware_concurrency());
}

void for_each_index(size_t count, size_t threads, std::stop_token stop,
                    const std::function<void(size_t)>& work) {
  std::atomic<size_t> next = 0;
  auto loop = [&] {
    for (size_t i = next++; i < count && !stop.stop_requested(); i = next++) work(i);
  };
  std::vector<std::jthread> others;
  for (size_t i = 1; i < std::min(threads, count); ++i) others.emplace_back(loop);
  loop();
}

}  // namespace loom
