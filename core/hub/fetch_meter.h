// Adds up what several downloads bring and tells it at most ten times a second.
#pragma once

#include <chrono>
#include <deque>
#include <mutex>

#include "core/hub/fetch_files.h"

namespace loom {

class FetchMeter {
 public:
  FetchMeter(const std::vector<HubFile>& files, const WatchFetch& watch);

  void moved(size_t file, uint64_t bytes_here);
  void done(size_t file);

 private:
  using Clock = std::chrono::steady_clock;
  void tell(bool now);

  std::mutex mutex_;
  const std::vector<HubFile>& files_;
  const WatchFetch& watch_;
  std::vector<uint64_t> here_;
  std::vector<bool> begun_;
  FetchProgress progress_;
  uint64_t received_ = 0;  // over the network
  std::deque<std::pair<Clock::time_point, uint64_t>> window_;
  Clock::time_point told_{};
};

}  // namespace loom
