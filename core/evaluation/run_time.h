// How long a run took: on the clock, and on its devices. Jobs that ran at the same time count once
// where they shared a device.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace loom {

// A job at work on a device, without pauses. Seconds since 1970.
struct BusyTime {
  std::string device;  // as the plan names it: "cpu", "cuda:0"
  double start_s = 0, end_s = 0;
};

// Seconds in which at least one of them was at work, on whatever device.
double wall_seconds(std::span<const BusyTime> busy);
// The sum over devices of the seconds in which each had work.
double device_seconds(std::span<const BusyTime> busy);

}  // namespace loom
