#include "core/tokenizer/pattern_translation.h"

#include <cctype>

#include "core/text/utf8.h"
#include "core/tokenizer/pattern_translator.h"

namespace loom {
namespace {

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

Result<PatternTranslation> PatternTranslator::run() {
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
      if (c == '{' && ahead(1) == ',' && std::isdigit(static_cast<unsigned char>(ahead(2))))
        out_ += "{0", ++at_;
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

bool PatternTranslator::open_group() {
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

uint32_t PatternTranslator::literal(std::string& out) {
  const CodePoint point = decode_utf8(pattern_, at_);
  out.append(pattern_, at_, point.bytes);
  at_ += point.bytes;
  written_out(point.value, point.value);
  return point.value;
}

void PatternTranslator::join(uint32_t c) {
  if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
  const bool joins = (before_ == 's' && (c == 's' || c == 't')) ||
                     (before_ == 'f' && (c == 'f' || c == 'i' || c == 'l'));
  if (joins && any_case()) refuse("letters that ligatures stand for, in any case");
  before_ = c;
}

void PatternTranslator::written_out(uint32_t first, uint32_t last) {
  if (last >= 0x80) tests_.spans.push_back({first, last, any_case()});
}

Result<PatternTranslation> translate_pattern(const std::string& pattern) {
  if (repeats_a_count(pattern))
    return Error{ErrorKind::unsupported,
                 "the pattern holds a count followed by +, which is not read", pattern, ""};
  return PatternTranslator(pattern).run();
}

}  // namespace loom
