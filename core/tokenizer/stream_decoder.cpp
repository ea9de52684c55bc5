#include <algorithm>

#include "core/text/utf8.h"
#include "core/tokenizer/tokenizer.h"

namespace loom {
namespace {

// Decoders look at neighbours: the first token of a text loses its space, bytes join into characters.
// So the last tokens that were handed out stay in front of the new ones.
constexpr size_t kContext = 8, kLongestWait = 64;

}  // namespace

std::string StreamDecoder::push(TokenId id) {
  ids_.push_back(id);
  std::string text = tokenizer_.decode(ids_, true);
  size_t whole = text.size() - incomplete_tail(text);
  bool waits = whole < text.size() && ids_.size() < kLongestWait;
  std::string out = whole > given_ ? text.substr(given_, whole - given_) : "";
  given_ = std::max(given_, whole);
  if (!waits && ids_.size() >= 2 * kContext) {
    std::vector<TokenId> last(ids_.end() - kContext, ids_.end());
    std::string kept = tokenizer_.decode(last, true);
    // A cut inside a character reads differently, and before nothing visible the next token would be
    // taken for the first; a later cut will do.
    if (!kept.empty() && text.ends_with(kept) && kept.size() >= text.size() - whole) {
      ids_ = std::move(last);
      given_ = kept.size() - (text.size() - whole);
    }
  }
  return repair_utf8(out);
}

std::string StreamDecoder::finish() {
  std::string text = tokenizer_.decode(ids_, true);
  std::string out = text.size() > given_ ? repair_utf8(std::string_view(text).substr(given_)) : "";
  ids_.clear();
  given_ = 0;
  return out;
}

}  // namespace loom
