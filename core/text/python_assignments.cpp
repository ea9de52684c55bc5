#include "core/text/python_assignments.h"

#include <algorithm>
#include <cctype>

#include "core/text/python_literal.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

bool in_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<PythonAssignments> read() {
    while (at_ < text_.size()) {
      const size_t begin = at_;
      const std::string name = take_name();
      if (!name.empty()) LOOM_CHECK(statement(name));
      LOOM_CHECK(skip_statement());
      if (at_ == begin) ++at_;
    }
    return std::move(found_);
  }

 private:
  std::string line_of(size_t at) const {
    return "line " +
           std::to_string(
               1 + std::count(text_.begin(),
                              text_.begin() + static_cast<long>(std::min(at, text_.size())), '\n'));
  }
  Error wrong(size_t at, const std::string& problem) const {
    return {ErrorKind::invalid_input, problem, line_of(at), ""};
  }
  void skip_spaces() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }
  bool ends_here() const { return at_ >= text_.size() || text_[at_] == '\n' || text_[at_] == '#'; }
  // A name in the first column.
  std::string take_name() {
    const size_t begin = at_;
    while (at_ < text_.size() && in_name(text_[at_])) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }
  void refuse(const std::string& name, size_t at, const std::string& why) {
    found_.values.erase(name);
    found_.refused[name] = line_of(at) + ": " + why;
  }

  // Behind its first name. What is no assignment is left to skip_statement.
  Status statement(const std::string& name) {
    const size_t begin = at_;
    skip_spaces();
    // Behind "else" and its like a colon begins no annotation.
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with(':') && name != "else" && name != "try" && name != "finally")
      skip_annotation();
    const bool assigns =
        at_ < text_.size() && text_[at_] == '=' && !text_.substr(at_).starts_with("==");
    if (!assigns) {
      if (found_.values.contains(name)) refuse(name, begin, "changes it");
      return {};
    }
    ++at_;
    skip_spaces();
    const size_t value_at = at_;
    auto value = read_python_literal(text_, at_);
    if (!value) {
      refuse(name, at_, value.error().message);
      at_ = value_at;
      return {};
    }
    skip_spaces();
    if (!ends_here()) {
      refuse(name, at_, "something is done with the value");
      at_ = value_at;
      return {};
    }
    found_.refused.erase(name);
    found_.values[name] = std::move(*value);
    return {};
  }
  // ": dict[str, str]", up to the sign of an assignment in this line.
  void skip_annotation() {
    const std::string_view line = text_.substr(at_, text_.find('\n', at_) - at_);
    const size_t sign = line.find_first_of("=#'\"");
    if (sign != std::string_view::npos && line[sign] == '=') at_ += sign;
  }

  // To the next line that no bracket or string holds open.
  Status skip_statement() {
    size_t open = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\n' && open == 0) {
        ++at_;
        return {};
      }
      if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (c == '"' || c == '\'') {
        LOOM_CHECK(skip_string());
      } else {
        if (c == '(' || c == '[' || c == '{') ++open;
        if ((c == ')' || c == ']' || c == '}') && open > 0) --open;
        at_ += c == '\\' && at_ + 1 < text_.size() ? 2 : 1;
      }
    }
    return open == 0 ? Status() : Status(wrong(at_, "a bracket has no end"));
  }
  // Of any kind: behind a backslash no quote ends a raw string either.
  Status skip_string() {
    const size_t begin = at_;
    const std::string quote(1, text_[at_]), triple = quote + quote + quote;
    const bool long_one = text_.substr(at_).starts_with(triple);
    const std::string& end = long_one ? triple : quote;
    at_ += end.size();
    while (at_ < text_.size()) {
      if (text_.substr(at_).starts_with(end)) {
        at_ += end.size();
        return {};
      }
      if (text_[at_] == '\n' && !long_one) break;
      at_ += text_[at_] == '\\' && at_ + 1 < text_.size() ? 2 : 1;
    }
    return wrong(begin, "a string has no end");
  }

  std::string_view text_;
  size_t at_ = 0;
  PythonAssignments found_;
};

}  // namespace

Result<PythonAssignments> python_assignments(std::string_view text) {
  if (repair_utf8(text) != text)
    return Error{ErrorKind::invalid_input, "is not UTF-8", "a Python file", ""};
  // Python reads every line end as one.
  std::string lines;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (!pair) lines += text[i] == '\r' ? '\n' : text[i];
  }
  return Reader(lines).read();
}

}  // namespace loom
