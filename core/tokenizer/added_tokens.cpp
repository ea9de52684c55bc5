#include "core/tokenizer/added_tokens.h"

#include <algorithm>

#include "core/text/character_class.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

bool is_word(std::string_view text, size_t at) {
  CodePoint point = decode_utf8(text, at);
  CharacterClass kind = character_class(point.value);
  return kind == CharacterClass::letter || kind == CharacterClass::number || point.value == '_';
}

size_t character_before(std::string_view text, size_t at) {
  do --at;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  return at;
}

}  // namespace

AddedTokens::AddedTokens(std::vector<AddedToken> tokens) : tokens_(std::move(tokens)) {
  std::erase_if(tokens_, [](const AddedToken& token) { return token.text.empty(); });
  std::stable_sort(tokens_.begin(), tokens_.end(),
                   [](const AddedToken& a, const AddedToken& b) { return a.text.size() > b.text.size(); });
  for (size_t i = 0; i < tokens_.size() && i < UINT16_MAX; ++i)
    by_first_byte_[static_cast<unsigned char>(tokens_[i].text[0])].push_back(static_cast<uint16_t>(i));
}

const AddedToken* AddedTokens::match(std::string_view text, size_t at, bool normalised) const {
  for (uint16_t i : by_first_byte_[static_cast<unsigned char>(text[at])]) {
    const AddedToken& token = tokens_[i];
    if (token.normalised != normalised || text.substr(at, token.text.size()) != token.text) continue;
    size_t end = at + token.text.size();
    if (token.single_word && ((at > 0 && is_word(text, character_before(text, at))) ||
                              (end < text.size() && is_word(text, end))))
      continue;
    return &token;
  }
  return nullptr;
}

std::vector<AddedTokens::Span> AddedTokens::split(std::string_view text, bool normalised) const {
  std::vector<Span> spans;
  size_t begin = 0;
  for (size_t at = 0; at < text.size();) {
    const AddedToken* token = match(text, at, normalised);
    if (!token) {
      ++at;
      continue;
    }
    size_t left = at, end = at + token->text.size();
    if (token->strip_left)
      while (left > begin) {
        size_t before = character_before(text, left);
        if (character_class(decode_utf8(text, before).value) != CharacterClass::space) break;
        left = before;
      }
    if (token->strip_right)
      while (end < text.size() && character_class(decode_utf8(text, end).value) == CharacterClass::space)
        end += decode_utf8(text, end).bytes;
    if (left > begin) spans.push_back({text.substr(begin, left - begin), nullptr});
    spans.push_back({text.substr(left, end - left), token});
    at = begin = end;
  }
  if (begin < text.size()) spans.push_back({text.substr(begin), nullptr});
  return spans;
}

const AddedToken* AddedTokens::find(TokenId id) const {
  for (const AddedToken& token : tokens_)
    if (token.id == id) return &token;
  return nullptr;
}

}  // namespace loom
