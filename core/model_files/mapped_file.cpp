#include "core/model_files/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/base/regular_file.h"

namespace loom {

Result<std::shared_ptr<const MappedFile>> MappedFile::open(const std::filesystem::path& file) {
  LOOM_CHECK(check_regular_file(file));
  int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return Error{ErrorKind::io, std::strerror(errno), file.string(), ""};
  struct stat status {};
  void* address = nullptr;
  size_t size = 0;
  bool regular = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  if (regular) size = static_cast<size_t>(status.st_size);
  if (size > 0) address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  int problem = errno;
  ::close(descriptor);
  if (!regular) return Error{ErrorKind::invalid_input, "is not a file", file.string(), ""};
  if (address == MAP_FAILED) return Error{ErrorKind::io, std::strerror(problem), file.string(), ""};
  std::span<const std::byte> bytes(static_cast<const std::byte*>(address), size);
  return std::shared_ptr<const MappedFile>(new MappedFile(bytes));
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

}  // namespace loom
