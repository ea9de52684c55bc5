// Ctrl-C and SIGTERM ask for a stop: the current write finishes, everything is kept. A second
// Ctrl-C ends the program at once.
#pragma once

#include <stop_token>

namespace loom::cli {

void watch_signals();  // once, before any other thread starts
std::stop_token interrupt_token();
int interrupt_signal();  // 0 while none came

}  // namespace loom::cli
