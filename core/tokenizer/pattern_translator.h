// One pass over a pattern; what is refused ends it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/tokenizer/pattern_translation.h"

namespace loom {

// Members of a class.
inline constexpr std::string_view kWordMembers = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}";
inline constexpr std::string_view kHexDigitMembers = "0-9A-Fa-f";

class PatternTranslator {
 public:
  explicit PatternTranslator(const std::string& pattern) : pattern_(pattern) {}
  Result<PatternTranslation> run();

 private:
  void refuse(const char* what) { refused_ = what; }
  bool any_case() const { return any_case_.empty() ? from_start_ : any_case_.back(); }
  char ahead(size_t by) const { return at_ + by < pattern_.size() ? pattern_[at_ + by] : '\0'; }

  // Takes (?i: and its like with their flags, and (?i) where the pattern begins: elsewhere it holds
  // for other branches there than here. Groups within take on what holds around them.
  bool open_group();
  // The code point that stands here, as it is written; the place moves behind it.
  uint32_t literal(std::string& out);
  // Without case, Oniguruma takes two such letters for the ligature too.
  void join(uint32_t c);
  void written_out(uint32_t first, uint32_t last);
  // \uHHHH, \xHH, \x{H...}: the code point, and the place moves behind it.
  std::optional<uint32_t> number();
  // \p{Han} is the script, not the wider set of characters used with it.
  std::string property(const std::string& name);
  // What stands for a set of characters in both; the place moves behind it. Empty for others.
  std::string shorthand();
  void escape();
  // From behind the bracket to behind its partner. Classes within are what they add.
  std::string character_class();
  bool named_class(std::string& members);
  void member(std::string& members, std::vector<std::string>& others);
  // A character of a class, written out in one way or another.
  uint32_t one(std::string& members);

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

}  // namespace loom
