// Frames over two pipe ends. Reading waits at most until a deadline; frames are bounded.
#pragma once

#include <chrono>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>

#include "core/base/result.h"

namespace loom {

class FrameStream {
 public:
  FrameStream(int read_end, int write_end) : read_(read_end), write_(write_end) {}
  // Thread-safe. Waits while the pipe is full; gives up when `stop` is asked for or after `limit`.
  Status send(const nlohmann::json& message, std::stop_token stop = {},
              std::chrono::milliseconds limit = std::chrono::minutes(2));
  // The next message; nothing when `wait` passed without a whole one. EOF and garbage are errors.
  Result<std::optional<nlohmann::json>> receive(std::chrono::milliseconds wait);

 private:
  Result<std::optional<nlohmann::json>> take();

  int read_, write_;
  std::mutex writing_;
  std::string buffer_;
};

}  // namespace loom
