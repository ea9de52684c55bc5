// Reads messages, runs them one at a time, answers. A reading thread takes cancellations while a
// request is at work; a third thread sends a heartbeat with a counter of finished steps.
#pragma once

#include <string>

namespace loom {

int run_messages(int read_end, int write_end, const std::string& device);

}  // namespace loom
