#include "core/hub/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

namespace loom {
namespace fs = std::filesystem;

FileLock::~FileLock() {
  if (handle_ >= 0) ::close(handle_);
}

Result<FileLock> lock_file(const fs::path& file, std::stop_token stop) {
  std::error_code ignored;
  fs::create_directories(file.parent_path(), ignored);
  const int handle = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (handle < 0)
    return Error{ErrorKind::io, std::string("cannot be opened: ") + std::strerror(errno),
                 file.string(), "Check free space and permissions"};
  FileLock lock(handle);
  while (::flock(handle, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) break;  // a file system without locks: go on
    if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", file.string(), ""};
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return lock;
}

}  // namespace loom
