// What this process holds, in bytes. What the machine has left: core/base/machine_memory.h.
#pragma once

#include <cstddef>

namespace loom {

size_t peak_resident_bytes();   // VmHWM of this process since the last reset
void reset_peak_resident();

}  // namespace loom
