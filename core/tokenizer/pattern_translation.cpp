#include "core/tokenizer/pattern_translation.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <cctype>
#include <cstdio>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include "core/text/utf8.h"

namespace loom {
namespace {

// Members of a class.
constexpr std::string_view kWord = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}";
constexpr std::string_view kHexDigit = "0-9A-Fa-f";
// Outside of a class, Oniguruma looks the first 256 up in a table that counts these as words.
constexpr std::string_view kLatinWord = "\\x{B2}\\x{B3}\\x{B9}\\x{BC}-\\x{BE}";

const std::map<std::string, std::string, std::less<>>& named_classes() {
  static const std::map<std::string, std::string, std::less<>> classes = {
      {"alpha", "\\p{Alphabetic}"},
      {"digit", "\\p{Nd}"},
      {"alnum", "\\p{Alphabetic}\\p{Nd}"},
      {"upper", "\\p{Uppercase}"},
      {"lower", "\\p{Lowercase}"},
      {"space", "\\p{White_Space}"},
      {"punct", "\\p{P}\\p{S}"},
      {"word", std::string(kWord)},
      {"cntrl", "\\p{Cc}"},
      {"xdigit", std::string(kHexDigit)}};
  return classes;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// One pass over the pattern. What is refused ends it.
class Translator {
 public:
  explicit Translator(const std::string& pattern) : pattern_(pattern) {}

  Result<PatternTranslation> run() {
    while (at_ < pattern_.size() && !refused_) {
      const char c = pattern_[at_];
      if (c == '\\') {
        escape();
      } else if (c == '[') {
        ++at_;
        out_ += character_class();
      } else {
        if (c == '(' && open_group()) {
          before_ = 0;
          continue;
        }
        if (c == ')' && !any_case_.empty()) any_case_.pop_back();
        // {,n} is a text to PCRE2.
        if (c == '{' && ahead(1) == ',' && is_digit(ahead(2))) out_ += "{0", ++at_;
        join(literal(out_));
        continue;
      }
      before_ = 0;
    }
    if (refused_)
      return Error{ErrorKind::unsupported,
                   std::string("the pattern holds ") + refused_ + ", which is not read", pattern_,
                   ""};
    return PatternTranslation{std::move(out_), std::move(tests_)};
  }

 private:
  void refuse(const char* what) { refused_ = what; }
  bool any_case() const { return any_case_.empty() ? from_start_ : any_case_.back(); }
  char ahead(size_t by) const { return at_ + by < pattern_.size() ? pattern_[at_ + by] : '\0'; }

  // Takes (?i: and its like with their flags, and (?i) where the pattern begins: elsewhere it holds
  // for other branches there than here. Groups within take on what holds around them.
  bool open_group() {
    any_case_.push_back(any_case());
    if (ahead(1) != '?') return false;
    std::string flags;
    size_t end = at_ + 2;
    bool to = true;
    for (; end < pattern_.size(); ++end) {
      const char c = pattern_[end];
      if (c != '-' && !std::isalpha(static_cast<unsigned char>(c))) break;
      if (c == 'i') any_case_.back() = to;
      if (c == '-') to = false;
      if (c != 'i' && c != 'm' && c != '-') refuse("a flag other than i and m");
      flags += c == 'm' ? 's' : c;  // Oniguruma's name for a point that takes line ends
    }
    if (end == at_ + 2) return false;
    if (end >= pattern_.size() || (pattern_[end] == ')' && at_ > 0))
      refuse("a flag for the rest of a group");
    else if (pattern_[end] != ')' && pattern_[end] != ':')
      refuse("a kind of group that is not known");
    else
      out_.append("(?").append(flags) += pattern_[end];
    tests_.any_case |= any_case_.back();
    if (end < pattern_.size() && pattern_[end] == ')') {
      from_start_ = any_case_.back();
      any_case_.pop_back();
    }
    at_ = end + 1;
    return true;
  }

  // The code point that stands here, as it is written; the place moves behind it.
  uint32_t literal(std::string& out) {
    const CodePoint point = decode_utf8(pattern_, at_);
    out.append(pattern_, at_, point.bytes);
    at_ += point.bytes;
    written_out(point.value, point.value);
    return point.value;
  }

  // Without case, Oniguruma takes two such letters for the ligature too.
  void join(uint32_t c) {
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
    const bool joins = (before_ == 's' && (c == 's' || c == 't')) ||
                       (before_ == 'f' && (c == 'f' || c == 'i' || c == 'l'));
    if (joins && any_case()) refuse("letters that ligatures stand for, in any case");
    before_ = c;
  }

  void written_out(uint32_t first, uint32_t last) {
    if (last >= 0x80) tests_.spans.push_back({first, last, any_case()});
  }

  // \uHHHH, \xHH, \x{H...}: the code point, and the place moves behind it.
  std::optional<uint32_t> number() {
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
    if (digits.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos)
      return std::nullopt;
    if (letter == 'u' && digits.size() != 4) return std::nullopt;
    at_ = end + (pattern_[begin - 1] == '{' ? 1 : 0);
    return static_cast<uint32_t>(std::stoul(digits, nullptr, 16));
  }

  // \p{Han} is the script, not the wider set of characters used with it.
  std::string property(const std::string& name) {
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

  // What stands for a set of characters in both; the place moves behind it. Empty for others.
  std::string shorthand() {
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

  void escape() {
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
    const std::string word = std::string(kWord) + std::string(kLatinWord);
    if (letter == 'w' || letter == 'W') {
      tests_.categories = true;
      out_ += (letter == 'w' ? "[" : "[^") + word + "]";
    } else if (letter == 'h' || letter == 'H') {
      out_ += (letter == 'h' ? "[" : "[^") + std::string(kHexDigit) + "]";
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

  // From behind the bracket to behind its partner. Classes within are what they add.
  std::string character_class() {
    in_class_ = true;
    const bool negated = ahead(0) == '^';
    if (negated) ++at_;
    std::string members;
    std::vector<std::string> others;  // sets of which all but the members are in the class
    size_t depth = 1;
    for (bool first = true; depth > 0 && !refused_; first = false) {
      if (at_ >= pattern_.size()) {
        refuse("a class that does not end");
      } else if (pattern_[at_] == ']' && !first) {
        ++at_;
        --depth;
      } else if (pattern_[at_] == '[' && ahead(1) == ':' && named_class(members)) {
      } else if (pattern_[at_] == '[') {
        ++at_;
        ++depth;
        if (ahead(0) == '^') refuse("a class within a class that leaves some out");
      } else if (pattern_[at_] == '&' && ahead(1) == '&') {
        refuse("an intersection of classes");
      } else {
        member(members, others);
      }
    }
    in_class_ = false;
    const std::string listed = "[" + members + "]";
    if (others.empty()) return negated ? "[^" + members + "]" : listed;
    std::string whole = "(?:";
    if (!negated) {
      if (!members.empty()) whole += listed + "|";
      for (size_t i = 0; i < others.size(); ++i) whole += (i > 0 ? "|[^" : "[^") + others[i] + "]";
      return whole + ")";
    }
    if (!members.empty()) whole += "(?!" + listed + ")";
    for (const std::string& set : others) whole += "(?=[" + set + "])";
    return whole + "(?s:.))";
  }

  bool named_class(std::string& members) {
    const size_t close = pattern_.find(":]", at_ + 2);
    const size_t next = pattern_.find_first_of("[]", at_ + 2);
    if (close == std::string::npos || next < close) return false;
    const std::string name = pattern_.substr(at_ + 2, close - at_ - 2);
    const auto found = named_classes().find(name);
    if (found == named_classes().end()) {
      refuse("a named class that the two engines take differently");
      return true;
    }
    const bool of_case = name == "upper" || name == "lower";
    if (of_case && any_case()) refuse("letters of one case in a class that ignores case");
    members += found->second;
    tests_.categories |= name != "space" && name != "xdigit";
    tests_.flags |= name == "alpha" || name == "alnum" || of_case;
    at_ = close + 2;
    return true;
  }

  void member(std::string& members, std::vector<std::string>& others) {
    if (pattern_[at_] == '\\') {
      const char letter = ahead(1);
      if (letter == 'w' || letter == 'W' || letter == 'h' || letter == 'H') {
        at_ += 2;
        const std::string set(letter == 'w' || letter == 'W' ? kWord : kHexDigit);
        tests_.categories |= letter == 'w' || letter == 'W';
        if (letter == 'w' || letter == 'h') {
          members += set;
        } else {
          others.push_back(set);
        }
        return;
      }
      if (const std::string set = shorthand(); !set.empty()) {
        members += set;
        return;
      }
    }
    const uint32_t first = one(members);
    if (ahead(0) != '-' || ahead(1) == ']' || ahead(1) == '[' || at_ + 1 >= pattern_.size()) return;
    members += '-';
    ++at_;
    written_out(first, one(members));
  }

  // A character of a class, written out in one way or another.
  uint32_t one(std::string& members) {
    if (std::string_view("[]^-").find(pattern_[at_]) != std::string_view::npos) members += '\\';
    if (pattern_[at_] != '\\') return literal(members);
    if (const auto point = number()) {
      char form[16];
      std::snprintf(form, sizeof form, "\\x{%X}", *point);
      members += form;
      written_out(*point, *point);
      return *point;
    }
    members += '\\';
    ++at_;
    if (at_ >= pattern_.size()) return 0;
    return literal(members);
  }

  const std::string& pattern_;
  size_t at_ = 0;
  std::string out_;
  CharacterTests tests_;
  std::vector<bool> any_case_;  // of each group that is open
  bool from_start_ = false;     // outside of them
  bool in_class_ = false;
  uint32_t before_ = 0;  // the letter before, where one stands there
  const char* refused_ = nullptr;
};

// Oniguruma repeats what a count followed by + stands for; PCRE2 gives nothing back.
bool repeats_a_count(const std::string& pattern) {
  for (size_t at = pattern.find("}+"); at != std::string::npos; at = pattern.find("}+", at + 1)) {
    const size_t open = pattern.rfind('{', at);
    if (open == std::string::npos || open < 2 || pattern[open - 2] != '\\' ||
        std::string_view("pPx").find(pattern[open - 1]) == std::string_view::npos)
      return true;
  }
  return false;
}

}  // namespace

Result<PatternTranslation> translate_pattern(const std::string& pattern) {
  if (repeats_a_count(pattern))
    return Error{ErrorKind::unsupported,
                 "the pattern holds a count followed by +, which is not read", pattern, ""};
  return Translator(pattern).run();
}

}  // namespace loom
