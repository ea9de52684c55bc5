#include "tests/bench/calibration.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace loom::bench {

double copy_gigabytes_per_second() {
  std::vector<char> from(256u << 20, 'a'), to(from.size());
  const double seconds =
      quickest(3, [&] { std::memcpy(to.data(), from.data(), from.size()); });
  return 2.0 * static_cast<double>(from.size()) / seconds / 1e9;
}

}  // namespace loom::bench
