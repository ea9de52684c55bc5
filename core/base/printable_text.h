// Text that came from a file or a server, for a terminal: what would steer it is shown as U+FFFD.
#pragma once

#include <string>
#include <string_view>

namespace loom {

// Line ends and tabs stay.
std::string printable_text(std::string_view text);
// For one line of a list: each of them becomes a space.
std::string printable_line(std::string_view text);

}  // namespace loom
