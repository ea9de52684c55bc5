#include "tests/support/broken_text.h"

#include "core/base/random.h"

namespace loom::testing {

std::vector<std::string> broken_copies(const std::string& good, size_t count, unsigned long seed) {
  Random random(seed);
  std::vector<std::string> copies;
  for (size_t i = 0; i < count; ++i) {
    std::string bad = good;
    // Headers come first and are where damage matters most.
    size_t reach = i % 2 == 0 ? good.size() : std::min<size_t>(good.size(), 400);
    size_t at = random.below(reach);
    switch (i % 5) {
      case 0:
        bad.resize(at);
        break;
      case 1:
        for (int flips = 0; flips < 4; ++flips)
          bad[random.below(reach)] ^= static_cast<char>(1 << random.below(8));
        break;
      case 2:
        bad.insert(at, std::string(1 + random.below(8), '\xff'));
        break;
      case 3:
        bad.replace(at, std::min<size_t>(8, bad.size() - at), std::string(8, '\xff'));
        break;
      default:
        bad.insert(at, good.substr(random.below(reach), random.below(64)));
    }
    copies.push_back(std::move(bad));
  }
  return copies;
}

}  // namespace loom::testing
