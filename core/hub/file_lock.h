// flock() on a file, as huggingface_hub takes it: one process at a time downloads a blob.
#pragma once

#include <filesystem>
#include <stop_token>
#include <utility>

#include "core/base/result.h"

namespace loom {

class FileLock {
 public:
  explicit FileLock(int handle) : handle_(handle) {}
  FileLock(FileLock&& other) noexcept : handle_(std::exchange(other.handle_, -1)) {}
  FileLock& operator=(FileLock&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~FileLock();

 private:
  int handle_;
};

// Waits for whoever holds it.
Result<FileLock> lock_file(const std::filesystem::path& file, std::stop_token stop);

}  // namespace loom
