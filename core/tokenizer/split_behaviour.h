// What becomes of the matches of a splitter: pieces of their own, dropped, or joined to a neighbour.
#pragma once

#include <string_view>
#include <vector>

#include "core/tokenizer/splitter.h"

namespace loom {

struct Stretch {
  size_t begin, end;
  bool matched;
};
// Stretches cover the text from left to right.
void emit_stretches(std::string_view text, const std::vector<Stretch>& stretches, SplitBehaviour behaviour,
                    const PieceSink& sink);

}  // namespace loom
