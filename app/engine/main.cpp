// loomscope-engine: one model on one device, driven over standard input and output.
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <iostream>

#include "app/engine/message_loop.h"
#include "core/engine/device.h"

int main(int argc, char** argv) {
  std::string device = "cpu";
  for (int i = 1; i + 1 < argc; ++i)
    if (std::strcmp(argv[i], "--device") == 0) device = argv[i + 1];
  if (isatty(STDIN_FILENO)) {
    std::cerr << "loomscope-engine is started by loomscope and loomscope-cli; it reads messages, "
                 "not keys.\n";
    return 2;
  }
  std::signal(SIGPIPE, SIG_IGN);
  // Whatever a library prints must not get between the frames.
  int frames = dup(STDOUT_FILENO);
  dup2(STDERR_FILENO, STDOUT_FILENO);
  loom::leave(loom::run_messages(STDIN_FILENO, frames, device));
}
