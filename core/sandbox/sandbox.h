// Runs programs that a model wrote. bubblewrap gives them namespaces of their own (no network, no
// other processes, no user's files), a read-only system and a private /tmp; prlimit bounds each
// process. Without bubblewrap nothing is run.
#pragma once

#include <cstddef>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace loom {

struct SandboxLimits {
  double seconds = 3;              // by the clock; the processor's time is bounded by the same
  size_t memory_bytes = 1u << 30;  // address space of one process
  size_t processes = 16;           // and threads, the interpreter's own included
  size_t output_bytes = 1u << 20;  // on standard output and error together
  size_t files_bytes = 64u << 20;  // all of /tmp
};

struct SandboxJob {
  std::vector<std::string> command;             // the program by its whole path
  std::string input;                            // its standard input
  std::vector<std::filesystem::path> readable;  // seen inside at the same place, beside /usr
  SandboxLimits limits;
};

enum class SandboxEnd { finished, out_of_time, too_much_output };
struct SandboxOutcome {
  SandboxEnd end = SandboxEnd::finished;
  int code = 0;        // of the program; 128 + the signal that ended it
  std::string output;  // standard output and error as they came, at most output_bytes
  double seconds = 0;
};

// Unsupported: why nothing can be run here, and what to install or allow. Found out once.
Status sandbox_ready();
// Cancelled when stopped; the program is gone in every case when this returns.
Result<SandboxOutcome> run_in_sandbox(const SandboxJob& job, const std::stop_token& stop = {});

}  // namespace loom
