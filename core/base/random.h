// A small deterministic generator: same seed, same numbers on every machine. xoshiro256**
// (Blackman, Vigna 2018) seeded by splitmix64.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>
#include <utility>

namespace loom {

class Random {
 public:
  explicit Random(uint64_t seed);
  // An independent stream for a named part, so that adding one part never moves another.
  Random(uint64_t seed, std::string_view stream);
  uint64_t next() {
    const uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const uint64_t t = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }
  uint64_t below(uint64_t bound);  // uniform in [0, bound), without bias; bound > 0
  double unit();                   // [0, 1)
  template <typename Container>
  void shuffle(Container& items) {  // Fisher-Yates
    for (size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
  }

 private:
  friend class RandomJump;
  std::array<uint64_t, 4> state_;
};

}  // namespace loom
