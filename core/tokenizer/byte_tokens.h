// Tokens that stand for one byte: <0x00> to <0xFF>.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/generation.h"

namespace loom {

std::optional<unsigned char> byte_of_token(std::string_view spelling);
// By byte, -1 where the vocabulary has no such token.
std::vector<TokenId> byte_token_ids(const std::vector<std::string>& spellings);

}  // namespace loom
