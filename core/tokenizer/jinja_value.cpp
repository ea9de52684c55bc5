#include "core/tokenizer/jinja_value.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/text/utf8.h"

namespace loom::jinja {

Value* Dict::find(const Value& key) {
  for (auto& [name, value] : items)
    if (name == key) return &value;
  return nullptr;
}

void Dict::set(const Value& key, Value value) {
  if (Value* present = find(key)) {
    *present = std::move(value);
  } else {
    items.emplace_back(key, std::move(value));
  }
}

const Value* Arguments::get(size_t index, const char* name) const {
  for (const auto& [key, value] : named)
    if (key == name) return &value;
  return index < positional.size() ? &positional[index] : nullptr;
}

Value Value::from(const nlohmann::ordered_json& json) {
  if (json.is_null()) return nullptr;
  if (json.is_boolean()) return json.get<bool>();
  if (json.is_number_integer()) return json.get<int64_t>();
  if (json.is_number_float()) return json.get<double>();
  if (json.is_string()) return json.get<std::string>();
  if (json.is_array()) {
    List list;
    for (const auto& item : json) list.push_back(from(item));
    return list;
  }
  Dict dict;
  for (const auto& [key, item] : json.items()) dict.items.emplace_back(key, from(item));
  return dict;
}

double Value::number() const {
  if (auto* v = as<bool>()) return *v;
  if (auto* v = as<int64_t>()) return static_cast<double>(*v);
  if (auto* v = as<double>()) return *v;
  throw TemplateError(std::string("a number was expected, not ") + type_name());
}

int64_t Value::integer() const {
  if (auto* v = as<bool>()) return *v;
  if (auto* v = as<int64_t>()) return *v;
  throw TemplateError(std::string("a whole number was expected, not ") + type_name());
}

bool Value::truth() const {
  if (is_undefined() || is_none()) return false;
  if (is_number()) return number() != 0;
  if (auto* v = text()) return !v->empty();
  if (auto* v = list()) return !v->empty();
  if (auto* v = dict()) return namespaced || !v->items.empty();
  return true;
}

const char* Value::type_name() const {
  static constexpr const char* kNames[] = {"undefined", "None", "bool", "int", "float", "str", "list", "dict", "function"};
  return kNames[content_.index()];
}

std::string print_float(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  // Python: the shortest digits that read back; positional between 1e-4 and 1e16.
  double size = std::abs(value);
  bool positional = size == 0 || (size >= 1e-4 && size < 1e16);
  char buffer[64];
  auto end = std::to_chars(buffer, buffer + sizeof buffer, value,
                           positional ? std::chars_format::fixed : std::chars_format::scientific).ptr;
  std::string text(buffer, end);
  if (positional && text.find('.') == std::string::npos) text += ".0";
  return text;
}

std::string Value::print() const {
  if (is_undefined()) return "";
  if (auto* v = text()) return *v;
  return repr();
}

namespace {

std::string quote(const std::string& text) {
  char mark = text.find('\'') != std::string::npos && text.find('"') == std::string::npos ? '"' : '\'';
  std::string out(1, mark);
  for (char c : text) {
    if (c == mark || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (static_cast<unsigned char>(c) < 32 || c == 127) {
      char hex[8];
      std::snprintf(hex, sizeof hex, "\\x%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
      out += hex;
    } else {
      out += c;
    }
  }
  return out + mark;
}

}  // namespace

std::string Value::repr() const {
  if (is_undefined()) return "Undefined";
  if (is_none()) return "None";
  if (auto* v = as<bool>()) return *v ? "True" : "False";
  if (auto* v = as<int64_t>()) return std::to_string(*v);
  if (auto* v = as<double>()) return print_float(*v);
  if (auto* v = text()) return quote(*v);
  if (auto* v = list()) {
    std::string out = tuple ? "(" : "[";
    for (size_t i = 0; i < v->size(); ++i) out += (i ? ", " : "") + (*v)[i].repr();
    if (tuple && v->size() == 1) out += ",";
    return out + (tuple ? ")" : "]");
  }
  if (auto* v = dict()) {
    std::string out = "{";
    for (size_t i = 0; i < v->items.size(); ++i)
      out += (i ? ", " : "") + v->items[i].first.repr() + ": " + v->items[i].second.repr();
    return out + "}";
  }
  return "<function>";
}

bool operator==(const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) {
    if (!a.as<double>() && !b.as<double>()) return a.integer() == b.integer();
    return a.number() == b.number();
  }
  if (a.content_.index() != b.content_.index()) return false;
  if (a.is_undefined() || a.is_none()) return true;
  if (auto* v = a.text()) return *v == *b.text();
  if (auto* v = a.list()) return *v == *b.list();
  if (auto* v = a.dict()) {
    Dict& other = *b.dict();
    if (v->items.size() != other.items.size()) return false;
    for (const auto& [key, value] : v->items) {
      const Value* found = other.find(key);
      if (!found || !(*found == value)) return false;
    }
    return true;
  }
  return a.callable() == b.callable();
}

bool less(const Value& a, const Value& b) {
  if (a.is_undefined() && b.is_undefined()) return false;
  if (a.is_number() && b.is_number()) return a.number() < b.number();
  if (a.text() && b.text()) return *a.text() < *b.text();
  if (a.list() && b.list()) {
    const List &x = *a.list(), &y = *b.list();
    for (size_t i = 0; i < x.size() && i < y.size(); ++i)
      if (!(x[i] == y[i])) return less(x[i], y[i]);
    return x.size() < y.size();
  }
  throw TemplateError(std::string("'<' is not supported between ") + a.type_name() + " and " + b.type_name());
}

std::vector<std::string> characters(const std::string& text) {
  std::vector<std::string> out;
  for (size_t at = 0; at < text.size();) {
    CodePoint point = decode_utf8(text, at);
    out.push_back(text.substr(at, point.bytes));
    at += point.bytes;
  }
  return out;
}

List iterate(const Value& value) {
  if (auto* v = value.list()) return *v;
  if (value.is_undefined()) return {};
  List items;
  if (auto* v = value.text()) {
    for (std::string& c : characters(*v)) items.emplace_back(std::move(c));
    return items;
  }
  if (auto* v = value.dict()) {
    for (const auto& [key, item] : v->items) items.push_back(key);
    return items;
  }
  throw TemplateError(std::string(value.type_name()) + " cannot be walked through");
}

namespace {

struct JsonPrinter {
  int indent;
  bool sort_keys, ensure_ascii;
  const std::string &item_separator, &key_separator;

  std::string text(const std::string& value) const {
    nlohmann::json json = repair_utf8(value);
    return json.dump(-1, ' ', ensure_ascii);
  }
  void line(std::string& out, int depth) const {
    if (indent >= 0) out += "\n" + std::string(static_cast<size_t>(indent * depth), ' ');
  }
  void print(const Value& value, std::string& out, int depth) const {
    if (depth > 100) throw TemplateError("a value is nested too deeply");
    if (value.is_none()) {
      out += "null";
    } else if (auto* b = value.as<bool>()) {
      out += *b ? "true" : "false";
    } else if (value.as<int64_t>() || value.as<double>()) {
      out += value.repr();
    } else if (auto* s = value.text()) {
      out += text(*s);
    } else if (auto* list = value.list()) {
      print_list(*list, out, depth);
    } else if (auto* dict = value.dict()) {
      print_dict(*dict, out, depth);
    } else {
      throw TemplateError(std::string(value.type_name()) + " cannot be written as JSON");
    }
  }
  void print_list(const List& list, std::string& out, int depth) const {
    if (list.empty()) {
      out += "[]";
      return;
    }
    out += '[';
    for (size_t i = 0; i < list.size(); ++i) {
      if (i) out += item_separator;
      line(out, depth + 1);
      print(list[i], out, depth + 1);
    }
    line(out, depth);
    out += ']';
  }
  void print_dict(const Dict& dict, std::string& out, int depth) const {
    if (dict.items.empty()) {
      out += "{}";
      return;
    }
    auto items = dict.items;
    if (sort_keys)
      std::stable_sort(items.begin(), items.end(), [](const auto& a, const auto& b) { return less(a.first, b.first); });
    out += '{';
    for (size_t i = 0; i < items.size(); ++i) {
      if (i) out += item_separator;
      line(out, depth + 1);
      out += text(items[i].first.text() ? *items[i].first.text() : items[i].first.repr());
      out += key_separator;
      print(items[i].second, out, depth + 1);
    }
    line(out, depth);
    out += '}';
  }
};

}  // namespace

std::string to_json(const Value& value, int indent, bool sort_keys, bool ensure_ascii,
                    const std::string& item_separator, const std::string& key_separator) {
  std::string out;
  JsonPrinter{indent, sort_keys, ensure_ascii, item_separator, key_separator}.print(value, out, 0);
  return out;
}

}  // namespace loom::jinja
