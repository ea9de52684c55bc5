// Main memory of this machine, as the kernel tells it. 0 where it does not tell.
#pragma once

#include <cstdint>

namespace loom {

uint64_t memory_total_bytes();
uint64_t memory_available_bytes();  // what can be used without swapping

}  // namespace loom
