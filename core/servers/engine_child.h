// The engine's process as EngineClient speaks to it: started, asked and killed.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>

#include "core/servers/child_process.h"
#include "core/servers/engine_limits.h"
#include "core/servers/frame_stream.h"
#include "core/servers/model_server.h"

namespace loom {

struct EngineChild {
  std::filesystem::path engine;
  std::string device;
  EngineLimits limits;
  std::unique_ptr<ChildProcess> process;
  std::unique_ptr<FrameStream> stream;
  std::optional<LoadRequest> loaded;

  Status start(std::stop_token stop);
  Result<LoadedModel> load(const LoadRequest& request, std::stop_token stop);
  // The next message that is not a heartbeat. Silence beyond `silence` or work without progress
  // beyond `stall` is a timeout.
  Result<nlohmann::json> next(std::chrono::milliseconds silence, std::chrono::milliseconds stall,
                              std::stop_token stop);
  // The message of the type `answer` that comes in reply, or the error that comes instead of it.
  Result<nlohmann::json> ask(nlohmann::json message, const std::string& answer,
                             std::chrono::milliseconds stall, std::stop_token stop);
  void kill();
  // Asks the child to stop and waits briefly for its word, so that its cache stays warm.
  void cancel();
  // With the child's last words, where it died.
  Error explained(Error error);

 private:
  uint64_t progress_ = 0;
  std::chrono::steady_clock::time_point moved_ = std::chrono::steady_clock::now();
};

}  // namespace loom
