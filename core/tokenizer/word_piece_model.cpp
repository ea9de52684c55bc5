#include "core/tokenizer/word_piece_model.h"

#include <algorithm>

#include "core/text/utf8.h"

namespace loom {

WordPieceModel::WordPieceModel(const std::vector<std::string>& tokens, std::string continuing_prefix,
                               TokenId unknown, size_t most_characters)
    : unknown_(unknown), most_characters_(most_characters) {
  std::vector<std::pair<std::string, int32_t>> first, continuing;
  for (size_t id = 0; id < tokens.size(); ++id) {
    first.emplace_back(tokens[id], static_cast<int32_t>(id));
    if (tokens[id].starts_with(continuing_prefix))
      continuing.emplace_back(tokens[id].substr(continuing_prefix.size()), static_cast<int32_t>(id));
  }
  first_ = ByteTrie(std::move(first));
  continuing_ = ByteTrie(std::move(continuing));
}

void WordPieceModel::encode(std::string_view piece, std::vector<TokenId>& ids) const {
  size_t characters = 0;
  for (char c : piece) characters += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  size_t begin = ids.size();
  bool covered = characters <= most_characters_;
  for (size_t at = 0; covered && at < piece.size();) {
    ByteTrie::Match match;
    // A token must not end inside a character.
    (at == 0 ? first_ : continuing_).prefixes(piece, at, [&](size_t bytes, int32_t value) {
      size_t end = at + bytes;
      if (end == piece.size() || (static_cast<unsigned char>(piece[end]) & 0xC0) != 0x80) match = {bytes, value};
    });
    covered = match.bytes > 0;
    if (covered) ids.push_back(match.value);
    at += match.bytes;
  }
  if (covered) return;
  ids.resize(begin);
  ids.push_back(unknown_);
}

}  // namespace loom
