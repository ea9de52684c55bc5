// The part of a prompt worth laying out: its head, its tail, and what stands around the evidence.
// Prompts have up to millions of characters; a text widget is given a few thousand of them.
#pragma once

#include <QString>
#include <string>
#include <vector>

#include "core/benchmarks/benchmark.h"

namespace loom::ui {

struct PromptWindow {
  struct Span {
    int begin = 0, length = 0;  // in QChars of `text`
  };
  QString text;
  std::vector<Span> evidence;
  std::vector<Span> gaps;  // the lines that say how much is left out
};

// At most about `limit` bytes of the prompt. Evidence comes first, then head and tail.
PromptWindow window_of(const std::string& prompt, const std::vector<ByteSpan>& evidence,
                       size_t limit = 20'000);

}  // namespace loom::ui
