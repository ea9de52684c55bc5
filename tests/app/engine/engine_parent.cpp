// Starts an engine, loads a model, prints the engine's process id and waits to be killed.
//   engine_parent ENGINE MODEL [work]
// With "work" it has the engine answer until its input has something, and prints the id again.
#include <poll.h>
#include <unistd.h>

#include <iostream>

#include "core/servers/engine_client.h"

namespace {

using std::chrono::milliseconds;

bool has_input() {
  pollfd input{STDIN_FILENO, POLLIN, 0};
  return ::poll(&input, 1, 0) > 0;
}

loom::Status work(loom::EngineClient& client) {
  loom::GenerationRequest request;
  request.ids.assign(200, 20);
  request.max_new_tokens = 40;
  loom::Status answered;
  while (answered && !has_input()) {
    loom::GenerationObserver observer;
    observer.finished = [&answered](uint64_t, loom::Result<loom::GenerationResult> result) {
      if (!result) answered = result.error();
    };
    LOOM_CHECK(client.generate({&request, 1}, observer, {}));
  }
  return answered;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const loom::EngineLimits limits{milliseconds(20000), milliseconds(4000), milliseconds(5000)};
  loom::EngineClient client(argv[1], "cpu", argc > 3 ? limits : loom::EngineLimits{});
  auto model = client.load({argv[2], "cpu", 0}, {});
  if (!model) {
    std::cerr << loom::describe(model.error()) << std::endl;
    return 1;
  }
  std::cout << client.process_id() << std::endl;
  if (argc == 3) pause();
  if (loom::Status worked = work(client); !worked)
    std::cerr << loom::describe(worked.error()) << std::endl;
  std::cout << client.process_id() << std::endl;
  return 0;
}
