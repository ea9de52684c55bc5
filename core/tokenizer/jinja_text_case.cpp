// Upper, lower and title case as Python's str has them.
#include <unicode/locid.h>
#include <unicode/stringoptions.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "core/text/normalise.h"
#include "core/text/utf8.h"
#include "core/tokenizer/jinja_text.h"

namespace loom::jinja {
namespace {

std::string title_of(const std::string& character) {
  std::string out;
  icu::UnicodeString::fromUTF8(character)
      .toTitle(nullptr, icu::Locale::getRoot(),
               U_TITLECASE_WHOLE_STRING | U_TITLECASE_NO_BREAK_ADJUSTMENT)
      .toUTF8String(out);
  return out;
}

}  // namespace

std::string upper_first(const std::string& word) {
  const size_t first = word.empty() ? 0 : decode_utf8(word, 0).bytes;
  return upper_case(word.substr(0, first)) + lower_case(word.substr(first));
}

std::string title_case(const std::string& text, bool first_only) {
  std::string out, rest;
  bool start = true;
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    const std::string character = text.substr(at, point.bytes);
    const bool cased = u_hasBinaryProperty(static_cast<UChar32>(point.value), UCHAR_CASED);
    at += point.bytes;
    if (first_only) return title_of(character) + lower_case(text.substr(at));
    // Whole runs at once, so that a sigma at a word's end is one.
    if (start || !cased) {
      out += lower_case(rest);
      rest.clear();
      out += start ? title_of(character) : character;
    } else {
      rest += character;
    }
    start = !cased;
  }
  return out + lower_case(rest);
}

std::string swap_case(const std::string& text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    const std::string character = text.substr(at, point.bytes);
    const auto c = static_cast<UChar32>(point.value);
    out += u_isUUppercase(c)   ? lower_case(character)
           : u_isULowercase(c) ? upper_case(character)
                               : character;
    at += point.bytes;
  }
  return out;
}

std::string fold_case(const std::string& text) {
  std::string out;
  icu::UnicodeString::fromUTF8(repair_utf8(text)).foldCase().toUTF8String(out);
  return out;
}

}  // namespace loom::jinja
