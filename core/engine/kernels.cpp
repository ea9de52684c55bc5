#include "core/engine/kernels.h"

#include <string_view>

namespace loom::kernels {

namespace baseline {
extern const Table kTable;
}
namespace avx2 {
extern const Table kTable;
}
namespace avx512 {
extern const Table kTable;
}

const Table* table_named(const char* name) {
  __builtin_cpu_init();
  std::string_view wanted = name;
  if (wanted == "baseline") return &baseline::kTable;
  bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                  __builtin_cpu_supports("f16c");
  if (wanted == "avx2" && has_avx2) return &avx2::kTable;
  if (wanted == "avx512" && has_avx2 && __builtin_cpu_supports("avx512f")) return &avx512::kTable;
  return nullptr;
}

const Table& table() {
  static const Table& chosen = [] () -> const Table& {
    for (const char* name : {"avx512", "avx2"})
      if (const Table* found = table_named(name)) return *found;
    return baseline::kTable;
  }();
  return chosen;
}

}  // namespace loom::kernels
