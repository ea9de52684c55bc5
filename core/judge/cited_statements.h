// An answer of LongCite's form, <statement>TEXT<cite>[FIRST-LAST]…</cite></statement>, taken apart
// as its official scorer does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace loom {

struct Citation {
  size_t first = 0, last = 0;  // numbers of sentences
  std::string text;
};

struct CitedStatement {
  std::string text;
  std::vector<Citation> citations;  // at most three; ranges that touch are one
};

struct CitedAnswer {
  std::vector<CitedStatement> statements;  // at most 40
  std::string plain;                       // the answer without tags and citations
};

CitedAnswer read_cited_answer(std::string_view output, const std::vector<std::string>& sentences);

}  // namespace loom
