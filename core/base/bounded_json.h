// JSON that somebody else wrote. nlohmann's values copy, compare and print themselves level by
// level on the stack, so that a text of a hundred thousand brackets would end the program.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace loom {

inline constexpr size_t kDeepestJson = 256;  // lists and objects within each other

bool nests_too_deep(std::string_view text);
// Discarded: what is no JSON, or nests too deep.
nlohmann::json parse_bounded(std::string_view text);

}  // namespace loom
