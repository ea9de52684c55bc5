#include "core/text/python_literal.h"

#include <algorithm>
#include <charconv>

#include "core/text/utf8.h"

namespace loom {
namespace {

using nlohmann::json;

class Parser {
 public:
  Parser(std::string_view text, size_t deepest, bool in_program = false, size_t at = 0)
      : text_(text), deepest_(deepest), at_(at), in_program_(in_program) {}

  Result<json> whole() {
    LOOM_TRY(json value, any(0));
    skip_spaces();
    if (at_ != text_.size()) return wrong("something follows the literal");
    return value;
  }
  Result<json> first(size_t& at) {
    auto value = any(0);
    at = at_;
    return value;
  }

 private:
  Error wrong(const std::string& problem) const {
    return {ErrorKind::corrupt, problem,
            "character " + std::to_string(at_ + 1) + " of a Python literal", ""};
  }
  // With comments; line ends are white space within brackets.
  void skip_spaces() {
    const std::string_view spaces = in_program_ && brackets_ == 0 ? " \t" : " \t\r\n";
    while (at_ < text_.size()) {
      if (text_[at_] == '#')
        at_ = std::min(text_.find('\n', at_), text_.size());
      else if (spaces.find(text_[at_]) != std::string_view::npos)
        ++at_;
      else
        return;
    }
  }
  bool take(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  Result<json> any(size_t depth) {
    if (depth > deepest_) return wrong("is nested too deeply");
    skip_spaces();
    if (at_ >= text_.size()) return wrong("ends too early");
    const char c = text_[at_];
    if (begins_string()) return strings();
    if (c == '[' || c == '(' || c == '{') {
      ++brackets_;
      auto items = c == '{' ? dictionary(depth) : list(c == '[' ? ']' : ')', depth);
      --brackets_;
      return items;
    }
    if (take("True")) return json(true);
    if (take("False")) return json(false);
    if (take("None")) return json();
    return number();
  }

  // Strings that stand side by side are one.
  Result<json> strings() {
    std::string text;
    while (begins_string()) {
      LOOM_CHECK(string(text));
      skip_spaces();
    }
    return json(repair_utf8(text));
  }
  bool quote_at(size_t at) const {
    return at < text_.size() && (text_[at] == '\'' || text_[at] == '"');
  }
  // A quote, or one behind a letter that says how to read the string.
  bool begins_string() const {
    constexpr std::string_view kLetters = "rRuUbBfF";
    size_t at = at_;
    while (at < text_.size() && at < at_ + 2 && kLetters.find(text_[at]) != std::string_view::npos)
      ++at;
    return quote_at(at);
  }
  Status string(std::string& text) {
    bool raw = false;
    while (!quote_at(at_)) {
      const char letter = text_[at_];
      if (letter == 'r' || letter == 'R')
        raw = true;
      else if (letter != 'u' && letter != 'U')
        return wrong("a string of bytes, or one that computes");
      ++at_;
    }
    const char quote = text_[at_];
    const std::string triple(3, quote);
    const bool long_one = text_.substr(at_).starts_with(triple);
    at_ += long_one ? 3 : 1;
    while (at_ < text_.size()) {
      if (long_one ? take(triple) : take(triple.substr(0, 1))) return {};
      if (text_[at_] == '\n' && !long_one) break;
      if (text_[at_] == '\\' && raw) {  // it keeps the quote behind it from ending the string
        text += text_[at_++];
        if (at_ < text_.size()) text += text_[at_++];
      } else if (text_[at_] == '\\') {
        LOOM_CHECK(escape(text));
      } else {
        text += text_[at_++];
      }
    }
    return wrong("a string has no end");
  }
  Status escape(std::string& text) {
    constexpr std::string_view kNames = "abfnrtv\\'\"\n", kValues = "\a\b\f\n\r\t\v\\'\"";
    ++at_;
    if (at_ >= text_.size()) return wrong("a string has no end");
    const char c = text_[at_++];
    if (const size_t name = kNames.find(c); name != std::string_view::npos) {
      if (name < kValues.size()) text += kValues[name];  // a line end behind a backslash is none
      return {};
    }
    if (c >= '0' && c <= '7') {
      uint32_t point = static_cast<uint32_t>(c - '0');
      for (int i = 0; i < 2 && at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '7'; ++i)
        point = point * 8 + static_cast<uint32_t>(text_[at_++] - '0');
      append_utf8(text, point);
      return {};
    }
    if (c == 'N' && in_program_) return wrong("a character is given by its name");
    const size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (digits == 0) {  // Python keeps an escape that it does not know
      (text += '\\') += c;
      return {};
    }
    uint32_t point = 0;
    const char* begin = text_.data() + at_;
    if (at_ + digits > text_.size() ||
        std::from_chars(begin, begin + digits, point, 16).ptr != begin + digits)
      return wrong("an escape breaks off");
    at_ += digits;
    const bool none = point > 0x10FFFF || (point >= 0xD800 && point < 0xE000);
    if (none && in_program_) return wrong("an escape is no whole character");
    append_utf8(text, none ? 0xFFFD : point);
    return {};
  }

  Result<json> list(char close, size_t depth) {
    ++at_;
    json items = json::array();
    for (;;) {
      skip_spaces();
      if (take(std::string_view(&close, 1))) return items;
      LOOM_TRY(json item, any(depth + 1));
      skip_spaces();
      // Around one value parentheses are only parentheses; a comma makes a tuple.
      if (close == ')' && items.empty() && take(")")) return item;
      items.push_back(std::move(item));
      LOOM_CHECK(separator(close));
    }
  }
  Result<json> dictionary(size_t depth) {
    ++at_;
    json items = json::object();
    for (;;) {
      skip_spaces();
      if (take("}")) return items;
      LOOM_TRY(const json key, any(depth + 1));
      if (!key.is_string()) return wrong("a key is no text");
      skip_spaces();
      if (!take(":")) return wrong("a colon is missing");
      LOOM_TRY(json value, any(depth + 1));
      items[key.get<std::string>()] = std::move(value);
      LOOM_CHECK(separator('}'));
    }
  }
  Status separator(char close) {
    skip_spaces();
    if (take(",") || (at_ < text_.size() && text_[at_] == close)) return {};
    return wrong("a comma is missing");
  }

  Result<json> number() {
    const char* begin = text_.data() + at_;
    const char* end = text_.data() + text_.size();
    int64_t whole = 0;
    const auto read = std::from_chars(begin, end, whole);
    const bool fraction =
        read.ptr < end && std::string_view(".eE").find(*read.ptr) != std::string_view::npos;
    if (read.ec == std::errc() && !fraction) {
      at_ += static_cast<size_t>(read.ptr - begin);
      return json(whole);
    }
    double value = 0;
    const auto real = std::from_chars(begin, end, value);
    if (real.ec != std::errc()) return wrong("is no literal");
    at_ += static_cast<size_t>(real.ptr - begin);
    return json(value);
  }

  std::string_view text_;
  size_t deepest_, at_;
  bool in_program_;
  size_t brackets_ = 0;
};

}  // namespace

Result<json> parse_python_literal(std::string_view text, size_t deepest) {
  return Parser(text, deepest).whole();
}

Result<json> read_python_literal(std::string_view text, size_t& at, size_t deepest) {
  return Parser(text, deepest, true, at).first(at);
}

}  // namespace loom
