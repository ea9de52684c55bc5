// A good file made bad in the ways that files go bad or mean harm: cut off, bits flipped, bytes
// inserted, numbers exchanged, parts repeated. The same seed breaks it the same way.
// $LOOM_TEST_COPIES makes so many times as many.
#pragma once

#include <string>
#include <vector>

namespace loom::testing {

std::vector<std::string> broken_copies(const std::string& good, size_t count, unsigned long seed);

// Little-endian bytes of a number, as binary headers hold them.
template <typename T>
std::string bytes_of(T value) {
  return std::string(reinterpret_cast<const char*>(&value), sizeof value);
}

}  // namespace loom::testing
