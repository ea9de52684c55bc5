// numpy's legacy generator, as far as NoLiMa's names come out of it: np.random.seed(seed), then
// np.random.choice over n items. The Mersenne Twister of the standard library is the same one; what
// numpy adds is drawing below n: bits masked to n's length, drawn again while too large.
#pragma once

#include <cstdint>
#include <random>

namespace loom {

class NumpyChoice {
 public:
  explicit NumpyChoice(uint32_t seed) : bits_(seed) {}
  uint32_t below(uint32_t n);  // n > 0

 private:
  std::mt19937 bits_;
};

}  // namespace loom
