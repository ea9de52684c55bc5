// How far a long piece of work has come, and whether it is still wanted.
#pragma once

#include <functional>
#include <stop_token>

#include "core/base/result.h"

namespace loom {

struct WorkControl {
  std::stop_token stop;
  // 0…1, called on the working thread, as often as the work pleases. Empty: nobody listens.
  std::function<void(double share)> progress;

  // Tells how far the work is. The Error `cancelled` when it is to end here.
  Status at(double share) const {
    if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", "", ""};
    if (progress) progress(share);
    return {};
  }
  // For a step of the work that takes it from one share to another.
  WorkControl part(double from, double to) const {
    if (!progress) return {stop, {}};
    return {stop,
            [outer = progress, from, to](double share) { outer(from + (to - from) * share); }};
  }
};

}  // namespace loom
