// When a job was at work, apart from pauses: placed by the clock on the wall, as long as the steady
// clock says.
#pragma once

#include <chrono>
#include <vector>

#include "core/evaluation/run_time.h"

namespace loom {

class WorkTimes {
 public:
  explicit WorkTimes(std::string device) : device_(std::move(device)) {}
  void begin();
  void end();  // of what begin() began
  const std::vector<BusyTime>& all() const { return all_; }

 private:
  std::string device_;
  std::chrono::system_clock::time_point at_;
  std::chrono::steady_clock::time_point start_;
  std::vector<BusyTime> all_;
};

}  // namespace loom
