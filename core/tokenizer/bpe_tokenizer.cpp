#include "core/tokenizer/bpe_tokenizer.h"

#include "core/text/utf8.h"

namespace loom {
namespace {

// Pieces repeat; what a piece became is kept per thread and tokenizer, up to a bound.
class PieceCache {
 public:
  void use(const void* owner) {
    if (owner != owner_ || pieces_.size() > kMostPieces) {
      pieces_.clear();
      ids_.clear();
      owner_ = owner;
    }
  }
  template <typename Encode>
  void append(std::string_view piece, std::vector<TokenId>& out, Encode encode) {
    if (piece.size() > kLongestPiece) return encode(piece, out);
    auto found = pieces_.find(piece);
    if (found == pieces_.end()) {
      auto begin = static_cast<uint32_t>(ids_.size());
      encode(piece, ids_);
      auto count = static_cast<uint32_t>(ids_.size()) - begin;
      found = pieces_.emplace(std::string(piece), std::pair(begin, count)).first;
    }
    auto [begin, count] = found->second;
    out.insert(out.end(), ids_.begin() + begin, ids_.begin() + begin + count);
  }

 private:
  static constexpr size_t kMostPieces = 200'000, kLongestPiece = 64;
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  const void* owner_ = nullptr;
  std::unordered_map<std::string, std::pair<uint32_t, uint32_t>, Hash, std::equal_to<>> pieces_;
  std::vector<TokenId> ids_;
};

}  // namespace

void BpeTokenizer::encode_plain(std::string_view text, std::vector<TokenId>& ids) const {
  std::string changed;
  if (parts_.normal_form) text = changed = normalise(text, *parts_.normal_form);
  if (parts_.lower_case) text = changed = lower_case(text);
  thread_local PieceCache cache;
  cache.use(this);
  auto encode = [this](std::string_view piece, std::vector<TokenId>& out) { parts_.model->encode(piece, out); };
  for (const auto& span : parts_.added.split(text, true)) {
    if (span.token) {
      ids.push_back(span.token->id);
      continue;
    }
    std::string prefixed;
    std::string_view plain = span.text;
    if (parts_.add_prefix_space && !plain.starts_with(' ')) plain = prefixed = " " + std::string(plain);
    parts_.splitter->split(plain, [&](std::string_view piece) { cache.append(piece, ids, encode); });
  }
}

std::vector<TokenId> BpeTokenizer::encode(std::string_view text) const {
  std::string repaired;
  if (!is_utf8(text)) text = repaired = repair_utf8(text);
  std::vector<TokenId> ids;
  ids.reserve(text.size() / 3 + 8);
  for (const auto& span : parts_.added.split(text, false)) {
    if (span.token) {
      ids.push_back(span.token->id);
    } else {
      encode_plain(span.text, ids);
    }
  }
  return ids;
}

std::vector<TokenId> BpeTokenizer::encode_with_special(std::string_view text) const {
  std::vector<TokenId> ids = parts_.before, middle = encode(text);
  ids.insert(ids.end(), middle.begin(), middle.end());
  ids.insert(ids.end(), parts_.after.begin(), parts_.after.end());
  return ids;
}

std::string BpeTokenizer::decode(std::span<const TokenId> ids, bool skip_special) const {
  std::string text;
  for (TokenId id : ids) {
    if (id < 0 || static_cast<size_t>(id) >= parts_.spellings.size()) continue;
    if (const AddedToken* token = parts_.added.find(id)) {
      if (!(skip_special && token->special)) text += token->text;
    } else {
      text += parts_.model->bytes(id);
    }
  }
  return text;
}

std::string BpeTokenizer::token_text(TokenId id) const {
  return id >= 0 && static_cast<size_t>(id) < parts_.spellings.size() ? parts_.spellings[static_cast<size_t>(id)] : "";
}

}  // namespace loom
