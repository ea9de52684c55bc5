// Token counts as people write them: "4k" is 4096, "1M" 1,048,576; plain numbers are themselves.
#pragma once

#include <QString>
#include <optional>
#include <vector>

namespace loom::ui {

std::optional<size_t> parse_tokens(const QString& text);
// Separated by commas, semicolons or spaces. Nothing when one of them is no count.
std::optional<std::vector<size_t>> parse_token_list(const QString& text);
QString format_tokens(size_t tokens);  // "4k" where it is exact, else by locale

}  // namespace loom::ui
