#include "core/engine/memory.h"

#include <cstdlib>
#include <fstream>
#include <string>

namespace loom {
namespace {

size_t kilobytes(const char* file, const std::string& key) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);)
    if (line.starts_with(key)) return std::strtoull(line.c_str() + key.size(), nullptr, 10);
  return 0;
}

}  // namespace

size_t peak_resident_bytes() { return kilobytes("/proc/self/status", "VmHWM:") * 1024; }
void reset_peak_resident() { std::ofstream("/proc/self/clear_refs") << 5; }

}  // namespace loom
