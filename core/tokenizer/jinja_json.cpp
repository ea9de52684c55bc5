// tojson as transformers defines it: Python's json.dumps.
#include <algorithm>
#include <cmath>

#include "core/text/utf8.h"
#include "core/tokenizer/jinja_value.h"

namespace loom::jinja {
namespace {

struct JsonPrinter {
  const JsonForm& form;
  std::string out;

  std::string text(const std::string& value) const {
    nlohmann::json json = repair_utf8(value);
    return json.dump(-1, ' ', form.ensure_ascii);
  }
  static std::string number(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
    return print_float(value);
  }
  std::string key(const Value& value) const {
    if (auto* name = value.text()) return text(*name);
    if (value.is_none()) return "\"null\"";
    if (auto* truth = value.as<bool>()) return *truth ? "\"true\"" : "\"false\"";
    if (auto* real = value.as<double>()) return "\"" + number(*real) + "\"";
    if (auto* whole = value.as<int64_t>()) return "\"" + std::to_string(*whole) + "\"";
    throw TemplateError(std::string("a key of type ") + value.type_name() +
                        " cannot be written as JSON");
  }
  void line(int depth) {
    if (!form.lines) return;
    out += '\n';
    append(out, static_cast<size_t>(depth), form.indent);
  }
  void print(const Value& value, int depth) {
    if (depth > kDeepestValue) throw TemplateError("a value is nested too deeply");
    check_length(out.size());
    if (value.is_none()) {
      out += "null";
    } else if (auto* truth = value.as<bool>()) {
      out += *truth ? "true" : "false";
    } else if (auto* whole = value.as<int64_t>()) {
      out += std::to_string(*whole);
    } else if (auto* real = value.as<double>()) {
      out += number(*real);
    } else if (auto* s = value.text()) {
      out += text(*s);
    } else if (value.is_tuple() || (value.list() && value.shape == Shape::plain)) {
      print_list(*value.list(), depth);
    } else if (value.is_mapping()) {
      print_dict(*value.dict(), depth);
    } else {
      throw TemplateError(std::string(value.type_name()) + " cannot be written as JSON");
    }
  }
  void print_list(const List& list, int depth) {
    if (list.empty()) {
      out += "[]";
      return;
    }
    out += '[';
    for (size_t i = 0; i < list.size(); ++i) {
      if (i) out += form.item_separator;
      line(depth + 1);
      print(list[i], depth + 1);
    }
    line(depth);
    out += ']';
  }
  void print_dict(const Dict& dict, int depth) {
    if (dict.items.empty()) {
      out += "{}";
      return;
    }
    auto items = dict.items;
    if (form.sort_keys)
      std::stable_sort(items.begin(), items.end(),
                       [](const auto& a, const auto& b) { return less(a.first, b.first); });
    out += '{';
    for (size_t i = 0; i < items.size(); ++i) {
      if (i) out += form.item_separator;
      line(depth + 1);
      out += key(items[i].first) + form.key_separator;
      print(items[i].second, depth + 1);
    }
    line(depth);
    out += '}';
  }
};

}  // namespace

std::string to_json(const Value& value, const JsonForm& form) {
  JsonPrinter printer{form, {}};
  printer.print(value, 0);
  check_length(printer.out.size());
  return std::move(printer.out);
}

}  // namespace loom::jinja
