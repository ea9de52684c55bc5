#include "core/base/machine_memory.h"

#include <cstdlib>
#include <string>

#include "core/base/text_file.h"

namespace loom {
namespace {

uint64_t kilobytes(const std::string& field) {
  auto info = read_file("/proc/meminfo", 1 << 20);
  if (!info) return 0;
  size_t at = info->find(field);
  return at == std::string::npos ? 0
                                 : std::strtoull(info->c_str() + at + field.size(), nullptr, 10);
}

}  // namespace

uint64_t memory_total_bytes() {
  return kilobytes("MemTotal:") * 1024;
}
uint64_t memory_available_bytes() {
  return kilobytes("MemAvailable:") * 1024;
}

}  // namespace loom
