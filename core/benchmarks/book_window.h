// NoLiMa's haystack: a stretch of a book, a given number of the model's tokens long, cut so that a
// line end falls where the needle goes.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/tokenizer/tokenizer.h"

namespace loom {

class BookWindow {
 public:
  BookWindow(const Tokenizer& tokenizer, const std::string& text);

  struct Cut {
    std::string before, after;  // of the needle
  };
  // depth 0…1. The place is the first line end at or behind depth · (tokens + 1); what stands
  // behind the last line end before it is cut away.
  Result<Cut> cut(size_t tokens, double depth) const;
  size_t tokens() const { return ids_.size(); }

 private:
  std::string text(size_t begin, size_t end) const;

  const Tokenizer& tokenizer_;
  std::vector<TokenId> ids_;
  std::vector<size_t> line_ends_;  // 0, then every token that holds a line end
};

}  // namespace loom
