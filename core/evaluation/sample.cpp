#include "core/evaluation/sample.h"

#include <array>

namespace loom {
namespace {
constexpr std::array kStates = {"pending", "done", "failed", "cancelled"};
}

const char* to_string(SampleState state) {
  return kStates.at(static_cast<size_t>(state));
}

}  // namespace loom
