// Unicode normal forms and case, by ICU. Broken UTF-8 is repaired first.
#pragma once

#include <string>
#include <string_view>

namespace loom {

enum class NormalForm { nfc, nfd, nfkc, nfkd };
std::string normalise(std::string_view text, NormalForm form);
std::string lower_case(std::string_view text);  // without a locale's rules

}  // namespace loom
