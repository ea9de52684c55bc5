#include "core/servers/engine_child.h"

#include "core/servers/engine_protocol.h"

namespace loom {

using nlohmann::json;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

namespace {

// libgomp's threads wait for each other by spinning for milliseconds, which beside other programs
// costs more than it saves: measured 4 to 6 times slower on two busy cores. A short spin keeps
// nearly all of its gain on an idle machine.
constexpr const char* kShortSpin = "GOMP_SPINCOUNT=1000";

}  // namespace

Status EngineChild::start(std::stop_token stop) {
  if (process) return {};
  LOOM_TRY(process, ChildProcess::start(engine, {"--device", device}, {kShortSpin}));
  stream = std::make_unique<FrameStream>(process->from_child(), process->to_child());
  auto hello = next(limits.start, limits.start, stop);
  if (!hello) {
    Error error = explained(hello.error());
    kill();
    return error;
  }
  if (protocol::type_of(*hello) != "hello" || hello->value("version", 0) != protocol::kVersion) {
    kill();
    return Error{ErrorKind::conflict, "the engine is of another version than this program",
                 engine.string(), "Build or install both from the same source"};
  }
  return {};
}

Result<json> EngineChild::next(milliseconds silence, milliseconds stall, std::stop_token stop) {
  auto heard = Clock::now();
  moved_ = heard;
  for (;;) {
    if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", "engine", ""};
    const auto asked = Clock::now();
    LOOM_TRY(auto message, stream->receive(milliseconds(50)));
    auto now = Clock::now();
    if (now - asked > kStandstill) heard = moved_ = now;
    if (!message) {
      if (now - heard > silence)
        return Error{ErrorKind::timeout, "gives no sign of life", "engine", ""};
      continue;
    }
    heard = now;
    if (protocol::type_of(*message) != "beat") return std::move(*message);
    // The engine's heartbeat thread lives on when its computing thread hangs: the counter tells.
    uint64_t progress = message->value("progress", uint64_t{0});
    if (progress != progress_) {
      progress_ = progress;
      moved_ = now;
    }
    if (now - moved_ > stall) return Error{ErrorKind::timeout, "makes no progress", "engine", ""};
  }
}

Result<json> EngineChild::ask(json message, const std::string& answer, milliseconds stall,
                              std::stop_token stop) {
  LOOM_CHECK(stream->send(message, stop, limits.heartbeat));
  for (;;) {
    LOOM_TRY(json reply, next(limits.heartbeat, stall, stop));
    std::string type = protocol::type_of(reply);
    if (type == answer) return reply;
    if (type == "error") return protocol::error_from(reply);
  }
}

Result<LoadedModel> EngineChild::load(const LoadRequest& request, std::stop_token stop) {
  LOOM_CHECK(start(stop));
  LOOM_TRY(json reply,
           ask({{"type", "load"}, {"model", request.model_path}, {"window", request.window_tokens}},
               "loaded", std::chrono::minutes(30), stop));
  LOOM_TRY(LoadedModel model, protocol::loaded_from(reply));
  loaded = request;
  return model;
}

void EngineChild::cancel() {
  (void)stream->send({{"type", "cancel"}}, {}, milliseconds(200));
  auto until = Clock::now() + milliseconds(1500);
  while (Clock::now() < until) {
    auto message = next(milliseconds(1500), milliseconds(1500), {});
    if (!message) break;
    std::string type = protocol::type_of(*message);
    if (type == "done" || type == "likelihoods" || type == "error") return;
  }
  kill();
}

void EngineChild::kill() {
  stream.reset();
  process.reset();
}

Error EngineChild::explained(Error error) {
  if (process && error.kind == ErrorKind::server) {
    std::string words = process->last_words();
    if (!words.empty()) error.message += ": " + words;
  }
  return error;
}

}  // namespace loom
