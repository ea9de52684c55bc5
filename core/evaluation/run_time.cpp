#include "core/evaluation/run_time.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace loom {
namespace {

using Span = std::pair<double, double>;

double covered(std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end());
  double seconds = 0, end = -std::numeric_limits<double>::infinity();
  for (const auto& [from, to] : spans) {
    seconds += std::max(0.0, to - std::max(from, end));
    end = std::max(end, to);
  }
  return seconds;
}

// A file from elsewhere may hold anything: what does not go forwards in time is no time.
std::map<std::string, std::vector<Span>> by_device(std::span<const BusyTime> busy) {
  std::map<std::string, std::vector<Span>> devices;
  for (const BusyTime& time : busy)
    if (time.end_s > time.start_s) devices[time.device].emplace_back(time.start_s, time.end_s);
  return devices;
}

}  // namespace

double wall_seconds(std::span<const BusyTime> busy) {
  std::vector<Span> spans;
  for (const BusyTime& time : busy)
    if (time.end_s > time.start_s) spans.emplace_back(time.start_s, time.end_s);
  return covered(std::move(spans));
}

double device_seconds(std::span<const BusyTime> busy) {
  double seconds = 0;
  for (auto& [device, spans] : by_device(busy)) seconds += covered(std::move(spans));
  return seconds;
}

}  // namespace loom
