// Classes in brackets.
#include <cstdio>
#include <map>

#include "core/tokenizer/pattern_translator.h"

namespace loom {
namespace {

const std::map<std::string, std::string, std::less<>>& named_classes() {
  static const std::map<std::string, std::string, std::less<>> classes = {
      {"alpha", "\\p{Alphabetic}"},
      {"digit", "\\p{Nd}"},
      {"alnum", "\\p{Alphabetic}\\p{Nd}"},
      {"upper", "\\p{Uppercase}"},
      {"lower", "\\p{Lowercase}"},
      {"space", "\\p{White_Space}"},
      {"punct", "\\p{P}\\p{S}"},
      {"word", std::string(kWordMembers)},
      {"cntrl", "\\p{Cc}"},
      {"xdigit", std::string(kHexDigitMembers)}};
  return classes;
}

}  // namespace

std::string PatternTranslator::character_class() {
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

bool PatternTranslator::named_class(std::string& members) {
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

void PatternTranslator::member(std::string& members, std::vector<std::string>& others) {
  if (pattern_[at_] == '\\') {
    const char letter = ahead(1);
    if (letter == 'w' || letter == 'W' || letter == 'h' || letter == 'H') {
      at_ += 2;
      const std::string set(letter == 'w' || letter == 'W' ? kWordMembers : kHexDigitMembers);
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

uint32_t PatternTranslator::one(std::string& members) {
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

}  // namespace loom
