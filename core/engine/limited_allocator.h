// A bound on this process's memory that tensors on the CPU keep to. What would go beyond it throws
// c10::OutOfMemoryError, as a device does, where the system would let it grow until it is killed.
#pragma once

#include <cstddef>

namespace loom {

// Counts the process as it is at the first call, weights that are mapped from their files, and
// tensors made from then on. 0: no bound. Not to be called while tensors are made elsewhere.
void set_memory_limit(size_t bytes);
size_t memory_limit();
size_t counted_bytes();
// What would have been counted when memory was last refused; 0 when it was not since.
size_t refused_bytes();
void forget_refusal();
// Weights that tensors use in place.
void count_mapped(ptrdiff_t bytes);

}  // namespace loom
