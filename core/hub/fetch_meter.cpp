#include "core/hub/fetch_meter.h"

namespace loom {
namespace {
constexpr std::chrono::seconds kWindow{5};
constexpr std::chrono::milliseconds kBetween{100};
constexpr double kShortest = 0.3;  // seconds, before a rate is named
}  // namespace

FetchMeter::FetchMeter(const std::vector<HubFile>& files, const WatchFetch& watch)
    : files_(files), watch_(watch), here_(files.size()), begun_(files.size()) {
  progress_.files = files.size();
  for (const HubFile& file : files) progress_.bytes += file.bytes;
  window_.emplace_back(Clock::now(), 0);
}

void FetchMeter::moved(size_t file, uint64_t bytes_here) {
  std::lock_guard lock(mutex_);
  if (begun_[file] && bytes_here > here_[file]) received_ += bytes_here - here_[file];
  begun_[file] = true;  // the first number is what was here before
  progress_.bytes_done += bytes_here - here_[file];
  here_[file] = bytes_here;
  progress_.file = files_[file].path;
  tell(false);
}

void FetchMeter::done(size_t file) {
  std::lock_guard lock(mutex_);
  progress_.bytes_done += files_[file].bytes - here_[file];
  here_[file] = files_[file].bytes;
  ++progress_.files_done;
  progress_.file = files_[file].path;
  tell(progress_.files_done == progress_.files);
}

void FetchMeter::tell(bool now) {
  const auto time = Clock::now();
  if (!now && time - told_ < kBetween) return;
  told_ = time;
  window_.emplace_back(time, received_);
  while (window_.size() > 2 && time - window_[1].first > kWindow) window_.pop_front();
  const double seconds = std::chrono::duration<double>(time - window_.front().first).count();
  if (seconds >= kShortest) {
    progress_.bytes_per_second = static_cast<double>(received_ - window_.front().second) / seconds;
    progress_.seconds_left = progress_.bytes_per_second > 0
                                 ? static_cast<double>(progress_.bytes - progress_.bytes_done) /
                                       progress_.bytes_per_second
                                 : -1;
  }
  if (watch_) watch_(progress_);
}

}  // namespace loom
