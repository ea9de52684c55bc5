#include "core/tokenizer/added_tokens.h"

#include "core/text/character_class.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

bool is_word(std::string_view text, size_t at) { return is_word_character(decode_utf8(text, at).value); }

bool is_space(std::string_view text, size_t at) {
  return character_class(decode_utf8(text, at).value) == CharacterClass::space;
}

size_t character_before(std::string_view text, size_t at) {
  do --at;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  return at;
}

}  // namespace

AddedTokens::AddedTokens(std::vector<AddedToken> tokens) : tokens_(std::move(tokens)) {
  std::erase_if(tokens_, [](const AddedToken& token) { return token.text.empty(); });
  std::vector<std::pair<std::string, int32_t>> entries[2];
  for (size_t i = 0; i < tokens_.size(); ++i) {
    AddedToken& token = tokens_[i];
    if (!token.normalised) token.sought = token.text;
    by_id_.emplace(token.id, i);
    entries[token.normalised].emplace_back(token.sought, static_cast<int32_t>(i));
    if (!token.sought.empty()) begins_[token.normalised][static_cast<unsigned char>(token.sought[0])] = true;
  }
  for (int which : {0, 1}) tries_[which] = ByteTrie(std::move(entries[which]));
}

std::vector<AddedTokens::Span> AddedTokens::split(std::string_view text, bool normalised) const {
  std::vector<Span> spans;
  size_t begin = 0;
  const ByteTrie& trie = tries_[normalised];
  for (size_t at = 0; !trie.empty() && at < text.size();) {
    if (!begins_[normalised][static_cast<unsigned char>(text[at])]) {
      ++at;
      continue;
    }
    ByteTrie::Match match = trie.longest(text, at);
    if (match.bytes == 0) {
      ++at;
      continue;
    }
    const AddedToken& token = tokens_[static_cast<size_t>(match.value)];
    size_t left = at, end = at + match.bytes;
    at = end;  // the search goes on after the match, whatever becomes of it
    if (token.single_word &&
        ((left > 0 && is_word(text, character_before(text, left))) || (end < text.size() && is_word(text, end))))
      continue;
    while (token.strip_left && left > begin && is_space(text, character_before(text, left)))
      left = character_before(text, left);
    while (token.strip_right && end < text.size() && is_space(text, end)) end += decode_utf8(text, end).bytes;
    if (left > begin) spans.push_back({text.substr(begin, left - begin), nullptr});
    spans.push_back({text.substr(left, end - left), &token});
    begin = end;
  }
  if (begin < text.size()) spans.push_back({text.substr(begin), nullptr});
  return spans;
}

const AddedToken* AddedTokens::find(TokenId id) const {
  auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &tokens_[found->second];
}

}  // namespace loom
