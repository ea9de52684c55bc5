// The text between the stars: the user's essays (English) or novel (Chinese), cleaned as the
// authors clean them, else our own sentences.
#pragma once

#include "core/benchmarks/benchmark.h"

namespace loom {

struct StarSource {
  std::string text;  // more than twice as long as the request's length in tokens
  std::string label;
  std::vector<std::string> notes;
};
Result<StarSource> star_source(const TaskRequest& request);

// Every line without spaces at its ends; rules of twelve hyphens, spaces, ASCII letters and ASCII
// punctuation left out; lines joined.
std::string clean_novel(const std::string& text);
// Line ends become spaces; texts joined without anything between them.
std::string clean_essays(const std::vector<std::string>& texts);

}  // namespace loom
