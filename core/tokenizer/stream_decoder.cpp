#include "core/text/utf8.h"
#include "core/tokenizer/tokenizer.h"

namespace loom {

std::string StreamDecoder::push(TokenId id) {
  pending_ += tokenizer_.decode({&id, 1}, true);
  size_t whole = pending_.size() - incomplete_tail(pending_);
  std::string out = repair_utf8(std::string_view(pending_).substr(0, whole));
  pending_.erase(0, whole);
  return out;
}

std::string StreamDecoder::finish() {
  std::string out = repair_utf8(pending_);
  pending_.clear();
  return out;
}

}  // namespace loom
