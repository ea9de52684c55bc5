#include "core/tokenizer/byte_tokens.h"

namespace loom {

std::optional<unsigned char> byte_of_token(std::string_view spelling) {
  if (spelling.size() != 6 || !spelling.starts_with("<0x") || spelling[5] != '>') return std::nullopt;
  unsigned value = 0;
  for (char c : spelling.substr(3, 2)) {
    unsigned digit = c >= '0' && c <= '9' ? static_cast<unsigned>(c - '0') : c >= 'A' && c <= 'F' ? static_cast<unsigned>(c - 'A' + 10) : 16;
    if (digit == 16) return std::nullopt;
    value = value << 4 | digit;
  }
  return static_cast<unsigned char>(value);
}

std::vector<TokenId> byte_token_ids(const std::vector<std::string>& spellings) {
  std::vector<TokenId> ids(256, -1);
  for (size_t id = spellings.size(); id-- > 0;)
    if (auto byte = byte_of_token(spellings[id])) ids[*byte] = static_cast<TokenId>(id);
  return ids;
}

}  // namespace loom
