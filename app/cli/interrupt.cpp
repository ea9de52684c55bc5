#include "app/cli/interrupt.h"

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <thread>

namespace loom::cli {
namespace {
std::atomic<int> caught = 0;
std::stop_source& source() {
  static std::stop_source instance;
  return instance;
}
}  // namespace

void watch_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  source();
  // A thread that waits is safe where a handler could do next to nothing.
  std::thread([signals] {
    for (;;) {
      int signal = 0;
      if (sigwait(&signals, &signal) != 0) continue;
      if (caught != 0) _exit(128 + signal);
      caught = signal;
      source().request_stop();
    }
  }).detach();
}

std::stop_token interrupt_token() {
  return source().get_token();
}
int interrupt_signal() {
  return caught;
}

}  // namespace loom::cli
