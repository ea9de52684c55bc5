#include "core/tokenizer/jinja_lexer.h"

#include <array>
#include <cctype>

#include "core/text/utf8.h"
#include "core/tokenizer/jinja_literals.h"
#include "core/tokenizer/jinja_text.h"

namespace loom::jinja {
namespace {

bool space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\v' || c == '\f' || c == '\r';
}

class Lexer {
 public:
  explicit Lexer(const std::string& source) {
    for (size_t i = 0; i < source.size(); ++i) {
      if (source[i] == '\r') {
        source_ += '\n';
        if (i + 1 < source.size() && source[i + 1] == '\n') ++i;
      } else {
        source_ += source[i];
      }
    }
    if (source_.ends_with('\n')) source_.pop_back();
  }

  std::vector<Token> run() {
    while (at_ < source_.size()) {
      size_t open = next_open();
      read_data(open);
      if (at_ >= source_.size()) break;
      if (source_.compare(at_, 2, "{#") == 0) {
        read_comment();
      } else {
        read_tag(source_[at_ + 1] == '%');
      }
    }
    add(TokenKind::end, "");
    return std::move(tokens_);
  }

 private:
  void add(TokenKind kind, std::string text) { tokens_.push_back({kind, std::move(text), line_}); }
  [[noreturn]] void fail(const std::string& message) const {
    throw TemplateError(message + " (line " + std::to_string(line_) + ")");
  }
  void advance(size_t to) {
    for (; at_ < to; ++at_) line_ += source_[at_] == '\n';
  }
  size_t next_open() const {
    for (size_t i = at_; i + 1 < source_.size(); ++i)
      if (source_[i] == '{' &&
          (source_[i + 1] == '{' || source_[i + 1] == '%' || source_[i + 1] == '#'))
        return i;
    return source_.size();
  }

  void read_data(size_t open) {
    std::string data = source_.substr(at_, open - at_);
    bool tag = open < source_.size(), variable = tag && source_[open + 1] == '{';
    char sign = tag && open + 2 < source_.size() ? source_[open + 2] : ' ';
    if (sign == '-') {
      data = strip(data, nullptr, false, true);
    } else if (tag && !variable && sign != '+') {
      size_t begin = data.rfind('\n') == std::string::npos ? 0 : data.rfind('\n') + 1;
      bool at_line_start = begin > 0 || line_starting_;
      if (at_line_start && strip(data.substr(begin), nullptr, true, false).empty())
        data.resize(begin);
    }
    if (!data.empty()) add(TokenKind::data, data);
    advance(open);
  }

  size_t past_space(size_t at) const {
    while (at < source_.size()) {
      const CodePoint point = decode_utf8(source_, at);
      if (!is_space(point.value)) break;
      at += point.bytes;
    }
    return at;
  }

  // Behind a tag's closing mark at at_: what "-" and trim_blocks take.
  void after_tag(char sign, bool trim) {
    size_t end = at_;
    if (sign == '-') {
      end = past_space(end);
    } else if (sign != '+' && trim && end < source_.size() && source_[end] == '\n') {
      ++end;
    }
    line_starting_ = end > at_ && source_[end - 1] == '\n';
    advance(end);
  }

  void read_comment() {
    size_t close = source_.find("#}", at_ + 2);
    if (close == std::string::npos) fail("a comment is not closed");
    char sign = source_[close - 1];
    advance(close + 2);
    after_tag(sign, true);
  }

  bool read_raw() {
    size_t i = at_ + 2;
    if (i < source_.size() && (source_[i] == '-' || source_[i] == '+')) ++i;
    while (i < source_.size() && space(source_[i])) ++i;
    if (source_.compare(i, 3, "raw") != 0) return false;
    i += 3;
    while (i < source_.size() && space(source_[i])) ++i;
    char sign = i < source_.size() && (source_[i] == '-' || source_[i] == '+') ? source_[i] : ' ';
    if (sign != ' ') ++i;
    if (source_.compare(i, 2, "%}") != 0) return false;
    advance(i + 2);
    after_tag(sign, false);
    if (at_ >= source_.size()) return true;
    for (size_t open = source_.find("{%", at_); open != std::string::npos;
         open = source_.find("{%", open + 2)) {
      size_t k = open + 2;
      char begin_sign = k < source_.size() ? source_[k] : ' ';
      if (begin_sign == '-' || begin_sign == '+') ++k;
      while (k < source_.size() && space(source_[k])) ++k;
      if (source_.compare(k, 6, "endraw") != 0) continue;
      k += 6;
      while (k < source_.size() && space(source_[k])) ++k;
      char end_sign =
          k < source_.size() && (source_[k] == '-' || source_[k] == '+') ? source_[k] : ' ';
      if (end_sign != ' ') ++k;
      if (source_.compare(k, 2, "%}") != 0) continue;
      std::string data = source_.substr(at_, open - at_);
      if (begin_sign == '-') {
        data = strip(data, nullptr, false, true);
      } else if (begin_sign != '+') {
        const size_t begin = data.rfind('\n') == std::string::npos ? 0 : data.rfind('\n') + 1;
        if (begin > 0 && strip(data.substr(begin), nullptr, true, false).empty())
          data.resize(begin);
      }
      if (!data.empty()) add(TokenKind::data, data);
      advance(k + 2);
      after_tag(end_sign, true);
      return true;
    }
    fail("raw is not closed");
  }

  void read_tag(bool block) {
    if (block && read_raw()) return;
    add(block ? TokenKind::block_begin : TokenKind::variable_begin, "");
    advance(at_ + 2);
    if (at_ < source_.size() && (source_[at_] == '-' || (source_[at_] == '+' && block)))
      advance(at_ + 1);
    const char* close = block ? "%}" : "}}";
    int depth = 0;
    for (;;) {
      while (at_ < source_.size() && space(source_[at_])) advance(at_ + 1);
      if (at_ >= source_.size()) fail("a tag is not closed");
      char sign = source_[at_];
      bool signed_close =
          (sign == '-' || (sign == '+' && block)) && source_.compare(at_ + 1, 2, close) == 0;
      if (depth == 0 && (signed_close || source_.compare(at_, 2, close) == 0)) {
        add(block ? TokenKind::block_end : TokenKind::variable_end, "");
        advance(at_ + (signed_close ? 3 : 2));
        after_tag(signed_close ? sign : ' ', block);
        return;
      }
      read_expression_token(depth);
    }
  }

  void read_expression_token(int& depth) {
    char c = source_[at_];
    if (c == '"' || c == '\'') return read_string(c);
    if (std::isdigit(static_cast<unsigned char>(c))) return read_number();
    if (std::isalpha(static_cast<unsigned char>(c)) || c == '_' ||
        static_cast<unsigned char>(c) >= 0x80) {
      size_t end = at_;
      while (end < source_.size() &&
             (std::isalnum(static_cast<unsigned char>(source_[end])) || source_[end] == '_' ||
              static_cast<unsigned char>(source_[end]) >= 0x80))
        ++end;
      add(TokenKind::name, source_.substr(at_, end - at_));
      return advance(end);
    }
    for (const char* symbol : {"**", "//", "==", "!=", "<=", ">="})
      if (source_.compare(at_, 2, symbol) == 0) {
        add(TokenKind::symbol, symbol);
        return advance(at_ + 2);
      }
    if (std::string_view("+-*/%~<>=.,:|()[]{}").find(c) == std::string_view::npos)
      fail(std::string("unexpected character '") + c + "'");
    depth += c == '(' || c == '[' || c == '{';
    depth -= c == ')' || c == ']' || c == '}';
    if (depth < 0) fail(std::string("unexpected '") + c + "'");
    add(TokenKind::symbol, std::string(1, c));
    advance(at_ + 1);
  }

  void read_number() {
    Literal number = number_at(source_, at_);
    if (number.problem) fail(number.problem);
    add(number.real ? TokenKind::real : TokenKind::integer, std::move(number.text));
    advance(number.end);
  }

  void read_string(char mark) {
    std::string text;
    size_t i = at_ + 1;
    for (; i < source_.size() && source_[i] != mark; ++i) {
      if (source_[i] != '\\' || i + 1 >= source_.size()) {
        text += source_[i];
        continue;
      }
      const Literal escape = escape_at(source_, i + 1);
      if (escape.problem) fail(escape.problem);
      text += escape.text;
      i = escape.end - 1;
    }
    if (i >= source_.size()) fail("a text is not closed");
    add(TokenKind::text, text);
    advance(i + 1);
  }

  std::string source_;
  size_t at_ = 0, line_ = 1;
  bool line_starting_ = true;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(const std::string& source) {
  return Lexer(source).run();
}

}  // namespace loom::jinja
