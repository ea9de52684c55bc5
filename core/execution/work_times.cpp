#include "core/execution/work_times.h"

#include "core/base/elapsed.h"

namespace loom {

void WorkTimes::begin() {
  at_ = std::chrono::system_clock::now();
  start_ = std::chrono::steady_clock::now();
}

void WorkTimes::end() {
  const double from = std::chrono::duration<double>(at_.time_since_epoch()).count();
  all_.push_back({device_, from, from + seconds_since(start_)});
}

}  // namespace loom
