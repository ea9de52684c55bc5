// How long an engine in a child process may be silent or at work before it counts as dead.
#pragma once

#include <chrono>

namespace loom {

struct EngineLimits {
  std::chrono::milliseconds start{20000};      // hello after exec
  std::chrono::milliseconds heartbeat{15000};  // silence after which the child counts as stalled
  std::chrono::milliseconds per_kilotoken{60000};  // of prompt; scales the limit of one request
};

}  // namespace loom
