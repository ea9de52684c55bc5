#include "core/engine/limited_allocator.h"

#include <c10/core/CPUAllocator.h>
#include <c10/core/impl/alloc_cpu.h>
#include <c10/util/Exception.h>
#include <malloc.h>

#include <algorithm>
#include <atomic>

#include "core/base/cache_budget.h"
#include "core/base/memory_limit.h"
#include "core/engine/memory.h"

namespace loom {
namespace {

std::atomic<size_t> limit = 0, program = 0, tensors = 0, refused = 0;
std::atomic<ptrdiff_t> mapped = 0;

void release(void* data) {
  tensors -= ::malloc_usable_size(data);
  c10::free_cpu(data);
}

class LimitedAllocator final : public c10::Allocator {
 public:
  c10::DataPtr allocate(size_t bytes) override {
    const size_t bound = limit, wanted = counted_bytes() + bytes;
    if (bound > 0 && wanted > bound) {
      refused = wanted;
      throw c10::OutOfMemoryError({__func__, __FILE__, static_cast<uint32_t>(__LINE__)},
                                  needs_of(wanted, bound));
    }
    void* data = c10::alloc_cpu(bytes);
    tensors += ::malloc_usable_size(data);
    return {data, data, &release, c10::Device(c10::DeviceType::CPU)};
  }
  c10::DeleterFnPtr raw_deleter() const override { return &release; }
  void copy_data(void* to, const void* from, size_t bytes) const override {
    default_copy_data(to, from, bytes);
  }
};

}  // namespace

void set_memory_limit(size_t bytes) {
  // Never destroyed: tensors of static lifetime may outlive everything else.
  static LimitedAllocator* const allocator = [] {
    auto* made = new LimitedAllocator;
    program = std::max<size_t>(resident_bytes(), kProgramBytes);
    c10::SetCPUAllocator(made, 1);
    return made;
  }();
  (void)allocator;
  limit = bytes;
  refused = 0;
}

size_t memory_limit() {
  return limit;
}
size_t refused_bytes() {
  return refused;
}
void forget_refusal() {
  refused = 0;
}
void count_mapped(ptrdiff_t bytes) {
  mapped += bytes;
}

size_t counted_bytes() {
  return program + tensors + static_cast<size_t>(std::max<ptrdiff_t>(mapped, 0));
}

}  // namespace loom
