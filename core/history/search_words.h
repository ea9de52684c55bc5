// Text for the full-text indices: words as they are, Chinese characters one by one, because FTS5's
// own tokenizer takes a whole Chinese sentence for one word.
#pragma once

#include <string>
#include <string_view>

namespace loom {

std::string index_words(std::string_view text);
// What a user typed as an FTS5 query: all words must occur, the last may be unfinished. Empty when
// nothing in it can be searched for. No character of the input acts as an operator.
std::string match_query(std::string_view typed);
// The same text for LIKE ... ESCAPE '\'.
std::string like_pattern(std::string_view typed);

}  // namespace loom
