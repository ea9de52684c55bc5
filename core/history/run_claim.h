// Who works on a run. A claim is a lock on one byte of a file beside the history, so the system
// takes it back when the process ends, however it ends.
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/result.h"

namespace loom {

class RunClaim {
 public:
  // Conflict when another claim on the run stands, in this process or in any other.
  static Result<RunClaim> take(const std::filesystem::path& store, int64_t run);
  RunClaim(RunClaim&& other) noexcept;
  RunClaim& operator=(RunClaim&&) = delete;
  ~RunClaim();

 private:
  explicit RunClaim(int file) : file_(file) {}
  int file_;
};

}  // namespace loom
