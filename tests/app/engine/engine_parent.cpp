// Starts an engine, loads a model, prints the engine's process id and waits to be killed.
//   engine_parent ENGINE MODEL
#include <unistd.h>

#include <iostream>

#include "core/servers/engine_client.h"

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  loom::EngineClient client(argv[1], "cpu");
  auto model = client.load({argv[2], "cpu", 0}, {});
  if (!model) {
    std::cerr << loom::describe(model.error()) << std::endl;
    return 1;
  }
  std::cout << client.process_id() << std::endl;
  pause();
  return 0;
}
