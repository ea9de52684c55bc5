#include "core/hub/partial_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

namespace loom {
namespace fs = std::filesystem;
namespace {

constexpr size_t kSha256Digits = 64;

// So that a blob's name never stands for less than its bytes, whatever happens to the machine.
void write_through(const fs::path& file) {
  const int handle = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (handle < 0) return;
  ::fsync(handle);
  ::close(handle);
}

}  // namespace

Error PartialFile::cannot_write() const {
  return {ErrorKind::io, std::string("cannot be written: ") + std::strerror(errno), path_.string(),
          "Check free space and permissions"};
}

void PartialFile::begin_hash() {
  size_ = 0;
  sha256_ = {};
  sha1_ = {};
  if (file_.hash.size() != kSha256Digits) sha1_.update(git_blob_header(file_.bytes));
}

void PartialFile::add_to_hash(std::string_view bytes) {
  size_ += bytes.size();
  if (file_.hash.size() == kSha256Digits)
    sha256_.update(bytes);
  else
    sha1_.update(bytes);
}

std::string PartialFile::hash() {
  return file_.hash.size() == kSha256Digits ? sha256_.hex() : sha1_.hex();
}

Status PartialFile::open() {
  begin_hash();
  std::error_code failure;
  const auto there = fs::file_size(path_, failure);
  if (failure || there > file_.bytes) return restart();
  std::ifstream in(path_, std::ios::binary);
  std::vector<char> buffer(1 << 20);
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0)
    add_to_hash({buffer.data(), static_cast<size_t>(in.gcount())});
  if (in.bad() || size_ != there) return restart();
  out_.open(path_, std::ios::binary | std::ios::app);
  return out_ ? Status() : Status(cannot_write());
}

Status PartialFile::restart() {
  begin_hash();
  out_.close();
  out_.clear();
  std::error_code ignored;
  fs::create_directories(path_.parent_path(), ignored);
  out_.open(path_, std::ios::binary | std::ios::trunc);
  return out_ ? Status() : Status(cannot_write());
}

Status PartialFile::append(std::string_view bytes) {
  if (size_ + bytes.size() > file_.bytes)
    return Error{
        ErrorKind::corrupt,
        "the server sends more than the " + std::to_string(file_.bytes) + " bytes it announced",
        file_.path, ""};
  out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out_) return cannot_write();
  add_to_hash(bytes);
  return {};
}

Status PartialFile::flush() {
  out_.flush();
  return out_ ? Status() : Status(cannot_write());
}

Status PartialFile::finish(const fs::path& blob) {
  out_.close();
  std::error_code failure;
  if (const std::string got = hash(); got != file_.hash) {
    fs::remove(path_, failure);
    return Error{ErrorKind::corrupt,
                 "what came is damaged: its hash is " + got + ", not " + file_.hash, file_.path,
                 "Try again, or check the hub's address and the proxy"};
  }
  write_through(path_);
  fs::rename(path_, blob, failure);
  if (failure) return Error{ErrorKind::io, failure.message(), blob.string(), ""};
  return {};
}

}  // namespace loom
