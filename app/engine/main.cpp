// loomscope-engine: one model on one device, driven over standard input and output.
//   --device cpu|cuda:N   --memory_limit SIZE (else LOOMSCOPE_MEMORY_LIMIT)   --version
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <iostream>

#include "app/engine/message_loop.h"
#include "core/base/memory_limit.h"
#include "core/engine/device.h"
#include "core/engine/limited_allocator.h"

namespace {

loom::Status bound_memory(const std::string& given) {
  uint64_t bytes = 0;
  if (given.empty()) {
    LOOM_TRY(bytes, loom::memory_limit_from_environment());
  } else {
    LOOM_TRY(bytes, loom::memory_size_from(given, "--memory_limit"));
  }
  if (bytes > 0) loom::set_memory_limit(bytes);
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  std::string device = "cpu", memory;
  if (argc == 2 && std::strcmp(argv[1], "--version") == 0) {
    std::cout << "loomscope-engine " LOOM_VERSION "\nlibtorch " LOOM_TORCH_VERSION << std::endl;
    loom::leave(0);
  }
  for (int i = 1; i < argc; i += 2) {
    const bool is_device = std::strcmp(argv[i], "--device") == 0;
    if (i + 1 == argc || (!is_device && std::strcmp(argv[i], "--memory_limit") != 0)) {
      std::cerr << "loomscope-engine: " << argv[i]
                << ": unknown, or without a value (--device cpu|cuda:N, --memory_limit SIZE, "
                   "--version)\n";
      return 2;
    }
    (is_device ? device : memory) = argv[i + 1];
  }
  if (isatty(STDIN_FILENO)) {
    std::cerr << "loomscope-engine is started by loomscope and loomscope-cli; it reads messages, "
                 "not keys.\n";
    return 2;
  }
  if (loom::Status bounded = bound_memory(memory); !bounded) {
    std::cerr << "loomscope-engine: " << loom::describe(bounded.error()) << std::endl;
    return 2;
  }
  std::signal(SIGPIPE, SIG_IGN);
  // Whatever a library prints must not get between the frames.
  int frames = dup(STDOUT_FILENO);
  dup2(STDERR_FILENO, STDOUT_FILENO);
  loom::leave(loom::run_messages(STDIN_FILENO, frames, device));
}
