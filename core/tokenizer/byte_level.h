// GPT-2's alphabet: every byte as a printable character, so that vocabularies are texts. Bytes that
// print stand for themselves, the others count up from U+0100 (Radford et al. 2019).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace loom {

std::string to_byte_level(std::string_view bytes);
// The bytes a vocabulary entry stands for; nothing when it holds a character outside the alphabet.
std::optional<std::string> from_byte_level(std::string_view text);

}  // namespace loom
