// Leaps over a generator's numbers, so that parts of one sequence can be drawn beside each other.
#pragma once

#include <array>
#include <cstdint>

#include "core/base/random.h"

namespace loom {

class RandomJump {
 public:
  explicit RandomJump(uint64_t steps);
  // As after so many calls of next().
  void leap(Random& random) const { random.state_ = applied(matrix_, random.state_); }

 private:
  // A step is linear in the bits of the state: the images of its 256 bits.
  using State = std::array<uint64_t, 4>;
  using Matrix = std::array<State, 256>;
  static State applied(const Matrix& matrix, const State& state);
  static Matrix product(const Matrix& second, const Matrix& first);
  Matrix matrix_;
};

}  // namespace loom
