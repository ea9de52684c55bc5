#include "core/base/random_jump.h"

namespace loom {

RandomJump::State RandomJump::applied(const Matrix& matrix, const State& state) {
  State image{};
  for (size_t bit = 0; bit < matrix.size(); ++bit) {
    const uint64_t mask = -(state[bit / 64] >> (bit % 64) & 1);
    for (size_t word = 0; word < image.size(); ++word) image[word] ^= matrix[bit][word] & mask;
  }
  return image;
}

RandomJump::Matrix RandomJump::product(const Matrix& second, const Matrix& first) {
  Matrix both;
  for (size_t bit = 0; bit < both.size(); ++bit) both[bit] = applied(second, first[bit]);
  return both;
}

// By squares of the matrix of one step.
RandomJump::RandomJump(uint64_t steps) {
  Matrix power;
  for (size_t bit = 0; bit < power.size(); ++bit) {
    State unit{};
    unit[bit / 64] = uint64_t{1} << (bit % 64);
    matrix_[bit] = unit;
    Random one(0);
    one.state_ = unit;
    one.next();
    power[bit] = one.state_;
  }
  for (; steps > 0; steps >>= 1) {
    if (steps & 1) matrix_ = product(power, matrix_);
    if (steps > 1) power = product(power, power);
  }
}

}  // namespace loom
