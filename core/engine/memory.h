// What this process holds and what the machine has left, in bytes.
#pragma once

#include <cstddef>

namespace loom {

size_t peak_resident_bytes();   // VmHWM of this process since the last reset
void reset_peak_resident();
size_t available_bytes();       // MemAvailable

}  // namespace loom
