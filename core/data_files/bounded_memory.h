// Arrow's memory up to a bound: a file of a few bytes can unpack to any size.
#pragma once

#include <arrow/memory_pool.h>
#include <arrow/status.h>

#include <algorithm>
#include <atomic>
#include <string>

namespace loom {

class BoundedMemory : public arrow::MemoryPool {
 public:
  explicit BoundedMemory(size_t most) : most_(static_cast<int64_t>(most)) {}

  using arrow::MemoryPool::Allocate;
  using arrow::MemoryPool::Free;
  using arrow::MemoryPool::Reallocate;

  arrow::Status Allocate(int64_t size, int64_t alignment, uint8_t** out) override {
    ARROW_RETURN_NOT_OK(reserve(size));
    const arrow::Status got = whole_.Allocate(size, alignment, out);
    if (!got.ok()) used_ -= size;
    return got;
  }
  arrow::Status Reallocate(int64_t old_size, int64_t new_size, int64_t alignment,
                           uint8_t** block) override {
    ARROW_RETURN_NOT_OK(reserve(new_size - old_size));
    const arrow::Status got = whole_.Reallocate(old_size, new_size, alignment, block);
    if (!got.ok()) used_ -= new_size - old_size;
    return got;
  }
  void Free(uint8_t* block, int64_t size, int64_t alignment) override {
    whole_.Free(block, size, alignment);
    used_ -= size;
  }
  int64_t bytes_allocated() const override { return used_; }
  int64_t total_bytes_allocated() const override { return total_; }
  int64_t num_allocations() const override { return count_; }
  std::string backend_name() const override { return whole_.backend_name(); }

 private:
  arrow::Status reserve(int64_t more) {
    if (more > most_ || used_ + more > most_)
      return arrow::Status::OutOfMemory("it unpacks to more than ", most_ >> 20, " MiB at once");
    used_ += more;
    total_ += std::max<int64_t>(more, 0);
    ++count_;
    return arrow::Status::OK();
  }

  arrow::MemoryPool& whole_ = *arrow::default_memory_pool();
  const int64_t most_;
  std::atomic<int64_t> used_ = 0, total_ = 0, count_ = 0;
};

}  // namespace loom
