// An engine that goes wrong in the way $MISBEHAVE names. "none" behaves: it echoes each request's
// number of ids as text. A count in $MISBEHAVE_FILE lets it go wrong only the first times.
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <thread>

#include "core/servers/engine_protocol.h"
#include "core/servers/frame_stream.h"

using namespace loom;
using nlohmann::json;

namespace {

std::string text_of(const char* variable) {
  const char* value = std::getenv(variable);
  return value ? value : "";
}

// How often this engine may still go wrong; -1 without a limit.
int take_turn() {
  std::string file = text_of("MISBEHAVE_FILE");
  if (file.empty()) return -1;
  int left = 0;
  std::ifstream(file) >> left;
  if (left > 0) std::ofstream(file) << left - 1;
  return left;
}

void misbehave(const std::string& mode, FrameStream& stream) {
  if (mode == "die") _exit(7);
  if (mode == "crash") raise(SIGSEGV);
  if (mode == "stop") raise(SIGSTOP);
  if (mode == "hang") std::this_thread::sleep_for(std::chrono::hours(1));
  if (mode == "garbage") std::cout << "this is not a message at all, and it is long" << std::flush;
  if (mode == "huge") std::cout << std::string("\xff\xff\xff\xff", 4) << std::flush;
  if (mode == "broken") std::cout << std::string("\x04\0\0\0\xff\xff\xff\xff", 8) << std::flush;
  if (mode == "wrong types")
    (void)stream.send({{"type", "finished"}, {"id", 0}, {"result", "a text"}});
  if (mode == "unanswered") (void)stream.send({{"type", "done"}});
}

void answer(const json& request, FrameStream& stream) {
  auto parsed = protocol::request_from(request);
  if (!parsed) _exit(9);
  GenerationResult result;
  result.id = parsed->id;
  result.text = std::to_string(parsed->ids.size());
  (void)stream.send({{"type", "finished"}, {"id", result.id}, {"result", protocol::to_message(result)}});
}

}  // namespace

int main() {
  std::string mode = text_of("MISBEHAVE"), when = text_of("MISBEHAVE_AT");
  FrameStream stream(0, 1);
  if (when == "hello" && take_turn() != 0) misbehave(mode, stream);
  (void)stream.send({{"type", "hello"},
                     {"version", mode == "version" ? 999 : protocol::kVersion},
                     {"process", getpid()}});
  std::jthread beat([&](std::stop_token stop) {
    while (!stop.stop_requested()) {
      (void)stream.send({{"type", "beat"}, {"progress", 1}});
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  });
  for (;;) {
    auto message = stream.receive(std::chrono::seconds(30));
    if (!message) _exit(0);
    if (!*message) continue;
    std::string type = protocol::type_of(**message);
    if (type == "load") {
      LoadedModel model;
      model.architecture = "llama";
      json reply = protocol::to_message(model);
      reply["type"] = "loaded";
      (void)stream.send(reply);
    } else if (type == "generate") {
      json requests = (**message)["requests"];
      for (const json& request : requests) {
        (void)stream.send({{"type", "started"}, {"id", request["id"]}});
        if (when == "generate" && take_turn() != 0) misbehave(mode, stream);
        answer(request, stream);
      }
      (void)stream.send({{"type", "done"}});
    } else if (type == "cancel") {
      (void)stream.send({{"type", "done"}});
    }
  }
}
