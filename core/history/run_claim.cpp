#include "core/history/run_claim.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

namespace loom {

Result<RunClaim> RunClaim::take(const std::filesystem::path& store, int64_t run) {
  std::filesystem::path file = store;
  file += ".claims";
  // Closed on exec: an engine that outlives this process must not keep the claim.
  int handle = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (handle < 0)
    return Error{ErrorKind::io, std::strerror(errno), file.string(),
                 "Allow writing into the history's folder"};
  RunClaim claim(handle);
  struct flock byte {};
  byte.l_type = F_WRLCK;
  byte.l_whence = SEEK_SET;
  byte.l_start = run;
  byte.l_len = 1;
  if (::fcntl(handle, F_OFD_SETLK, &byte) == 0) return claim;
  if (errno != EAGAIN && errno != EACCES)
    return Error{ErrorKind::io, std::strerror(errno), file.string(),
                 "Keep the history on a disk of this machine"};
  return Error{ErrorKind::conflict, "another LoomScope works on this run",
               "run " + std::to_string(run), "Wait until it ends, or stop it there"};
}

RunClaim::RunClaim(RunClaim&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

RunClaim::~RunClaim() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace loom
