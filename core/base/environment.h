// Variables of the environment; an empty one counts as not set.
#pragma once

#include <cstdlib>

namespace loom {

// Null when it is not set.
inline const char* environment(const char* name) {
  const char* value = std::getenv(name);
  return value && *value ? value : nullptr;
}

}  // namespace loom
