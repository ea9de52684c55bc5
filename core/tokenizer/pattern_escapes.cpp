// What stands behind a backslash.
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <cctype>
#include <cstdio>
#include <set>

#include "core/tokenizer/pattern_translator.h"

namespace loom {
namespace {

// Outside of a class, Oniguruma looks the first 256 up in a table that counts these as words.
constexpr std::string_view kLatinWord = "\\x{B2}\\x{B3}\\x{B9}\\x{BC}-\\x{BE}";

}  // namespace

std::optional<uint32_t> PatternTranslator::number() {
  const char letter = ahead(1);
  size_t begin = at_ + 2, end = begin;
  if (letter == 'x' && ahead(2) == '{') {
    end = pattern_.find('}', ++begin);
    if (end == std::string::npos) return std::nullopt;
  } else if (letter == 'u' || letter == 'x') {
    const size_t most = begin + (letter == 'u' ? 4 : 2);
    while (end < most && end < pattern_.size() &&
           std::isxdigit(static_cast<unsigned char>(pattern_[end])))
      ++end;
  }
  if (end == begin || end - begin > 6) return std::nullopt;
  const std::string digits = pattern_.substr(begin, end - begin);
  if (digits.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) return std::nullopt;
  if (letter == 'u' && digits.size() != 4) return std::nullopt;
  at_ = end + (pattern_[begin - 1] == '{' ? 1 : 0);
  return static_cast<uint32_t>(std::stoul(digits, nullptr, 16));
}

std::string PatternTranslator::property(const std::string& name) {
  static const std::set<std::string> flags = {"Alphabetic", "Uppercase", "Lowercase"};
  const std::string bare = name.starts_with('^') ? name.substr(1) : name;
  if (bare.empty()) return name;
  // There a class takes in the other cases of all that is in it: letters for some marks too.
  const bool has_none =
      bare.size() <= 2 && std::string_view("NPSZC").find(bare[0]) != std::string_view::npos;
  if (in_class_ && any_case() && !has_none && bare != "Han" && bare != "White_Space")
    refuse("a property of letters or marks in a class that ignores case");
  if (bare == "Any" || bare == "White_Space") return name;
  if (flags.contains(bare)) {
    tests_.flags = true;
    return name;
  }
  if (bare.size() <= 2) {
    tests_.categories = true;
    return name;
  }
  const int script = u_getPropertyValueEnum(UCHAR_SCRIPT, bare.c_str());
  if (script >= 0) tests_.scripts.push_back(script);
  return (name == bare ? "sc:" : "^sc:") + bare;
}

std::string PatternTranslator::shorthand() {
  const char letter = ahead(1);
  if (letter == 's' || letter == 'S') {
    at_ += 2;
    return letter == 's' ? "\\p{White_Space}" : "\\P{White_Space}";
  }
  if (letter == 'd' || letter == 'D') {
    at_ += 2;
    tests_.categories = true;
    return letter == 'd' ? "\\p{Nd}" : "\\P{Nd}";
  }
  if (letter == 'v') {
    at_ += 2;
    return "\\x0B";
  }
  if (letter != 'p' && letter != 'P') return "";
  const size_t close = pattern_.find('}', at_);
  if (ahead(2) != '{' || close == std::string::npos) {
    refuse("a property without braces");
    return "";
  }
  const std::string name = property(pattern_.substr(at_ + 3, close - at_ - 3));
  at_ = close + 1;
  return std::string("\\") + letter + "{" + name + "}";
}

void PatternTranslator::escape() {
  const char letter = ahead(1);
  if (at_ + 1 >= pattern_.size()) return refuse("a backslash at its end");
  if (const std::string set = shorthand(); !set.empty()) {
    out_ += set;
    return;
  }
  if (const auto point = number()) {
    char form[16];
    std::snprintf(form, sizeof form, "\\x{%X}", *point);
    out_ += form;
    return written_out(*point, *point);
  }
  at_ += 2;
  const std::string word = std::string(kWordMembers) + std::string(kLatinWord);
  if (letter == 'w' || letter == 'W') {
    tests_.categories = true;
    out_ += (letter == 'w' ? "[" : "[^") + word + "]";
  } else if (letter == 'h' || letter == 'H') {
    out_ += (letter == 'h' ? "[" : "[^") + std::string(kHexDigitMembers) + "]";
  } else if (letter == 'b' || letter == 'B') {
    tests_.categories = true;
    const std::string before = "(?<=[" + word + "])", after = "(?=[" + word + "])";
    const std::string not_before = "(?<![" + word + "])", not_after = "(?![" + word + "])";
    out_ += letter == 'b' ? "(?:" + before + not_after + "|" + not_before + after + ")"
                          : "(?:" + before + after + "|" + not_before + not_after + ")";
  } else if (letter == 'X' || letter == 'N' || letter == 'O' || letter == 'C' || letter == 'Q' ||
             letter == 'y' || letter == 'Y') {
    refuse("an escape that the two engines take differently");
  } else {
    at_ -= 1;
    out_ += '\\';
    literal(out_);
  }
}

}  // namespace loom
