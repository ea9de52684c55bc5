// Porter's stemmer (Porter 1980, "An algorithm for suffix stripping") with the additions of NLTK's
// default mode: a table of irregular words, -ies and -ied of short words, y after consonants only,
// -alli, -fulli and -logi.
#pragma once

#include <string>
#include <string_view>

namespace loom {

// A word in lower case.
std::string porter_stem(std::string_view word);

}  // namespace loom
