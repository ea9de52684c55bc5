#include <cctype>
#include <cmath>
#include <optional>

#include "core/tokenizer/jinja_format.h"
#include "core/tokenizer/jinja_text.h"

namespace loom::jinja {
namespace {

class PercentFormatter {
 public:
  PercentFormatter(const std::string& text, bool markup, const Value& values)
      : text_(text), markup_(markup), values_(values), single_(!values.is_tuple()) {}

  std::string run() {
    std::string out;
    while (at_ < text_.size()) {
      const size_t mark = std::min(text_.find('%', at_), text_.size());
      out.append(text_, at_, mark - at_);
      at_ = mark + 1;
      if (mark == text_.size()) break;
      append(out, field());
    }
    const bool all = single_ ? used_ == 1 : used_ == values_.list()->size();
    // A dictionary, and whatever else has places, may hold more than the text names.
    const bool may_rest =
        single_ && (values_.is_undefined() || values_.is_mapping() || values_.list());
    if (!all && !may_rest) throw TemplateError("the format text does not use all values");
    return out;
  }

 private:
  char now() const {
    if (at_ >= text_.size()) throw TemplateError("a format text ends too early");
    return text_[at_];
  }
  const Value& next() {
    if (named_) return *named_;
    if (single_ ? used_ > 0 : used_ >= values_.list()->size())
      throw TemplateError("the format text needs more values");
    return single_ ? (++used_, values_) : (*values_.list())[used_++];
  }
  void key() {
    named_.reset();
    if (now() != '(') return;
    size_t depth = 0, begin = ++at_;
    for (; now() != ')' || depth > 0; ++at_)
      depth += now() == '(' ? 1 : now() == ')' ? SIZE_MAX : 0;
    const std::string name = text_.substr(begin, at_++ - begin);
    if (!values_.is_mapping()) throw TemplateError("a format text with names needs a dictionary");
    const Value* found = values_.dict()->find(name);
    if (!found) throw TemplateError("the format text names \"" + name + "\", which is not given");
    named_ = *found;
  }
  int64_t number() {
    if (now() == '*') {
      ++at_;
      return next().integer();
    }
    int64_t value = 0;
    for (; std::isdigit(static_cast<unsigned char>(now())); ++at_) {
      value = value * 10 + (text_[at_] - '0');
      if (value > static_cast<int64_t>(kMostOutput)) throw TemplateError("a text is too long");
    }
    return value;
  }
  std::string field() {
    key();
    NumberForm form;
    form.alignment = '>';
    bool left = false, zero = false;
    for (;; ++at_) {
      const char c = now();
      if (c == '-')
        left = true;
      else if (c == '0')
        zero = true;
      else if (c == '+')
        form.sign = '+';
      else if (c == ' ')
        form.sign = form.sign == '+' ? '+' : ' ';
      else if (c == '#')
        form.alternative = true;
      else
        break;
    }
    form.width = number();
    if (form.width < 0) {
      left = true;
      form.width = -form.width;
    }
    if (now() == '.') {
      ++at_;
      form.precision = std::max<int64_t>(number(), 0);
    }
    while (now() == 'h' || now() == 'l' || now() == 'L') ++at_;
    const char type = text_[at_++];
    if (type == '%') return "%";
    if (left) form.alignment = '<';
    return converted(type, zero && !left, form);
  }
  std::string converted(char type, bool zero, NumberForm& form) {
    const Value& value = next();
    if (type == 's' || type == 'r' || type == 'a') {
      std::string shown = type == 's' ? value.print() : value.repr(type == 'a');
      return format_text(
          markup_ && !(type == 's' && value.is_markup()) ? escape_html(shown) : shown, form);
    }
    if (type == 'c') {
      if (value.text() && count_points(*value.text()) != 1)
        throw TemplateError("%c needs one character");
      form.precision = -1;
      form.type = 'c';
      return value.text() ? format_text(*value.text(), form)
                          : format_integer(value.integer(), form);
    }
    if (zero) {
      form.fill = "0";
      form.alignment = '=';
    }
    form.type = type == 'i' || type == 'u' ? 'd' : type;
    switch (form.type) {
      case 'd':
        return format_integer(whole(value), form);
      case 'o':
      case 'x':
      case 'X':
        return format_integer(value.integer(), form);
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        return format_real(value.number(), form);
      default:
        throw TemplateError(std::string("a format text has the unknown type '") + type + "'");
    }
  }
  static int64_t whole(const Value& value) {
    const double* real = value.as<double>();
    if (!real) return value.integer();
    if (!(std::abs(*real) < 9.2e18)) throw TemplateError("a number is too large");
    return static_cast<int64_t>(*real);
  }

  const std::string& text_;
  bool markup_;
  const Value& values_;
  bool single_;
  size_t at_ = 0, used_ = 0;
  std::optional<Value> named_;
};

}  // namespace

Value format_percent(const Value& text, const Value& values) {
  return Value(PercentFormatter(*text.text(), text.is_markup(), values).run()).shaped(text.shape);
}

}  // namespace loom::jinja
