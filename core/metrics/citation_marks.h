// Citations by number as L-CiteEval's answers hold them: "It opened in 1911 [2][5]."
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace loom {

// [3] → 3; in the order of the text.
std::vector<int64_t> cited_numbers(std::string_view text);
// The official scorer's way to take them out.
std::string without_citations(const std::string& text);

}  // namespace loom
