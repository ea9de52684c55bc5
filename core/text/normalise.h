// Unicode normal forms and case, by ICU. Broken UTF-8 is repaired first.
#pragma once

#include <string>
#include <string_view>

namespace loom {

enum class NormalForm { nfc, nfd, nfkc, nfkd };
std::string normalise(std::string_view text, NormalForm form);
// With the tables of Unicode 9: what was assigned later stays as it is, and where it is.
std::string normalise_as_unicode_9(std::string_view text, NormalForm form);
std::string upper_case(std::string_view text);  // without a locale's rules
std::string lower_case(std::string_view text);  // without a locale's rules
// Each character by itself, so that a sigma at a word's end is a sigma like any other. Knows the
// letters up to Unicode 17, also where ICU does not.
std::string lower_case_each(std::string_view text);

}  // namespace loom
