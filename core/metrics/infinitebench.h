// Steps that InfiniteBench's scorers share.
#pragma once

#include <string>
#include <string_view>

namespace loom {

// Marks that become spaces before an answer is cut into words.
inline constexpr std::string_view kInfiniteBenchMarks = "\n:\"'.,?!{}";
std::string with_spaces_for(std::string_view text, std::string_view marks);

}  // namespace loom
