// Where words stand in a text, whatever their case.
#pragma once

#include <QString>
#include <string>
#include <vector>

#include "core/benchmarks/benchmark.h"

namespace loom::ui {

inline constexpr size_t kMostPlaces = 100'000;

// Bytes of the text, from its beginning on; at most kMostPlaces. Places do not overlap.
std::vector<ByteSpan> find_places(const std::string& text, const QString& words);

}  // namespace loom::ui
