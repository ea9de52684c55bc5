#include "core/base/random.h"

#include <bit>

namespace loom {
namespace {

uint64_t splitmix(uint64_t& x) {
  uint64_t z = (x += 0x9e3779b97f4a7c15ULL);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

uint64_t mixed(uint64_t seed, std::string_view stream) {
  uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a
  for (unsigned char c : stream) hash = (hash ^ c) * 0x100000001b3ULL;
  return seed ^ std::rotl(hash, 17);
}

}  // namespace

Random::Random(uint64_t seed) {
  for (auto& word : state_) word = splitmix(seed);
}

Random::Random(uint64_t seed, std::string_view stream) : Random(mixed(seed, stream)) {}

uint64_t Random::below(uint64_t bound) {
  // Rejection of the incomplete last block keeps every value equally likely.
  uint64_t limit = -bound % bound;
  for (;;) {
    uint64_t value = next();
    if (value >= limit) return value % bound;
  }
}

double Random::unit() {
  return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

}  // namespace loom
