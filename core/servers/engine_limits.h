// How long an engine in a child process may be silent or at work before it counts as dead.
#pragma once

#include <chrono>

namespace loom {

struct EngineLimits {
  std::chrono::milliseconds start{20000};      // hello after exec
  std::chrono::milliseconds heartbeat{15000};  // silence after which the child counts as stalled
  std::chrono::milliseconds per_kilotoken{60000};  // of prompt; scales the limit of one request
};

// A wait of milliseconds that took so long was no wait: this process stood still, stopped by
// Ctrl-Z, by a scheduler that suspends jobs or by a machine that slept. The engine may have stood
// still with it, so its silence says nothing.
inline constexpr std::chrono::milliseconds kStandstill{2000};

}  // namespace loom
