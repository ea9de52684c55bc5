// A child with its input in memory and its output on one pipe, watched until it ends.
#pragma once

#include <chrono>

#include "core/sandbox/sandbox.h"

namespace loom {

// `arguments` begin with the program's path. The child is killed when time, output or patience
// runs out; what it wrote until then is kept.
Result<SandboxOutcome> run_caged(std::vector<std::string> arguments, const std::string& input,
                                 std::chrono::duration<double> time, size_t output_bytes,
                                 const std::stop_token& stop);

}  // namespace loom
