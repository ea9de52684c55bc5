#include <algorithm>
#include <map>

#include "core/text/character_class.h"
#include "core/text/normalise.h"
#include "core/text/utf8.h"
#include "core/tokenizer/jinja_value.h"

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace loom::jinja {
namespace {

using Method = Value (*)(const std::string&, const Arguments&);

uint32_t point_of(const std::string& character) { return decode_utf8(character, 0).value; }
bool is_space(const std::string& character) {
  uint32_t c = point_of(character);
  return character_class(c) == CharacterClass::space || (c >= 0x1C && c <= 0x1F);
}

std::string joined(const std::vector<std::string>& parts, size_t begin, size_t end) {
  std::string out;
  for (size_t i = begin; i < end; ++i) out += parts[i];
  return out;
}

std::string strip(const std::string& text, const Arguments& arguments, bool left, bool right) {
  const Value* given = arguments.get(0, "chars");
  std::vector<std::string> set;
  if (given && given->text()) set = characters(*given->text());
  auto goes = [&](const std::string& c) {
    return given && given->text() ? std::find(set.begin(), set.end(), c) != set.end() : is_space(c);
  };
  auto chars = characters(text);
  size_t begin = 0, end = chars.size();
  while (left && begin < end && goes(chars[begin])) ++begin;
  while (right && end > begin && goes(chars[end - 1])) --end;
  return joined(chars, begin, end);
}

List split(const std::string& text, const Arguments& arguments, bool from_right) {
  const Value *separator = arguments.get(0, "sep"), *most = arguments.get(1, "maxsplit");
  int64_t limit = most ? most->integer() : -1;
  List parts;
  if (!separator || separator->is_none()) {
    auto chars = characters(text);
    std::vector<std::pair<size_t, size_t>> words;
    for (size_t i = 0; i < chars.size();) {
      while (i < chars.size() && is_space(chars[i])) ++i;
      size_t begin = i;
      while (i < chars.size() && !is_space(chars[i])) ++i;
      if (i > begin) words.emplace_back(begin, i);
    }
    auto count = static_cast<int64_t>(words.size());
    for (int64_t i = 0; i < count; ++i) {
      auto at = static_cast<size_t>(i);
      if (limit >= 0 && !from_right && i == limit) {
        parts.emplace_back(joined(chars, words[at].first, chars.size()));
        break;
      }
      parts.emplace_back(joined(chars, words[at].first, words[at].second));
    }
    return parts;
  }
  const std::string& mark = *separator->text();
  if (mark.empty()) throw TemplateError("split needs a separator that is not empty");
  std::vector<std::string> pieces;
  size_t begin = 0;
  for (size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, begin)) {
    pieces.push_back(text.substr(begin, at - begin));
    begin = at + mark.size();
  }
  pieces.push_back(text.substr(begin));
  // Joins what lies beyond the limit again.
  while (limit >= 0 && static_cast<int64_t>(pieces.size()) > limit + 1) {
    if (from_right) {
      pieces[0] += mark + pieces[1];
      pieces.erase(pieces.begin() + 1);
    } else {
      pieces[pieces.size() - 2] += mark + pieces.back();
      pieces.pop_back();
    }
  }
  for (std::string& piece : pieces) parts.emplace_back(std::move(piece));
  return parts;
}

List split_lines(const std::string& text, bool keep_ends) {
  List lines;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
    size_t next = end;
    if (next < text.size()) next += text[next] == '\r' && next + 1 < text.size() && text[next + 1] == '\n' ? 2 : 1;
    lines.emplace_back(text.substr(begin, (keep_ends ? next : end) - begin));
    begin = next;
  }
  return lines;
}

std::string case_of(const std::string& text, bool upper) {
  icu::UnicodeString wide = icu::UnicodeString::fromUTF8(repair_utf8(text));
  std::string out;
  (upper ? wide.toUpper(icu::Locale::getRoot()) : wide.toLower(icu::Locale::getRoot())).toUTF8String(out);
  return out;
}

std::string title(const std::string& text, bool only_first) {
  std::string out;
  bool start = true;
  for (const std::string& c : characters(text)) {
    bool letter = character_class(point_of(c)) == CharacterClass::letter;
    out += letter ? case_of(c, start) : c;
    start = only_first ? false : !letter;
  }
  return out;
}

std::string replace(const std::string& text, const Arguments& arguments) {
  if (arguments.positional.size() < 2) throw TemplateError("replace needs two texts");
  std::string from = arguments.positional[0].print(), to = arguments.positional[1].print(), out;
  if (!arguments.named.empty()) throw TemplateError("replace takes no named values");
  const Value* most = arguments.get(2, "count");
  int64_t left = most && !most->is_none() ? most->integer() : -1;
  if (from.empty()) {
    for (const std::string& c : characters(text)) out += (left-- != 0 ? to : "") + c;
    return out + (left != 0 ? to : "");
  }
  size_t begin = 0;
  for (size_t at = text.find(from); at != std::string::npos && left != 0; at = text.find(from, begin), --left) {
    out += text.substr(begin, at - begin) + to;
    begin = at + from.size();
  }
  return out + text.substr(begin);
}

int64_t find(const std::string& text, const Arguments& arguments, bool last) {
  std::string wanted = arguments.positional.at(0).print();
  size_t at = last ? text.rfind(wanted) : text.find(wanted);
  return at == std::string::npos ? -1 : static_cast<int64_t>(characters(text.substr(0, at)).size());
}

bool begins_or_ends(const std::string& text, const Arguments& arguments, bool begins) {
  const Value& given = arguments.positional.at(0);
  List options = given.list() ? *given.list() : List{given};
  return std::any_of(options.begin(), options.end(), [&](const Value& option) {
    if (!option.text()) throw TemplateError("startswith and endswith need a text");
    return begins ? text.starts_with(*option.text()) : text.ends_with(*option.text());
  });
}

template <typename Test>
bool all_characters(const std::string& text, Test test) {
  auto chars = characters(text);
  return !chars.empty() && std::all_of(chars.begin(), chars.end(), [&](const std::string& c) { return test(point_of(c)); });
}

bool has_case(const std::string& text, bool lower) {
  bool any = false;
  for (const std::string& c : characters(text)) {
    auto point = static_cast<UChar32>(point_of(c));
    if (lower ? u_isupper(point) : u_islower(point)) return false;
    any = any || (lower ? u_islower(point) : u_isupper(point));
  }
  return any;
}

int64_t count(const std::string& text, const std::string& wanted) {
  if (wanted.empty()) return static_cast<int64_t>(characters(text).size()) + 1;
  int64_t n = 0;
  for (size_t at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + wanted.size())) ++n;
  return n;
}

std::string without(const std::string& text, const std::string& part, bool prefix) {
  if (prefix && text.starts_with(part)) return text.substr(part.size());
  if (!prefix && text.ends_with(part)) return text.substr(0, text.size() - part.size());
  return text;
}

// "{} {0} {name}": enough for what templates format; a format specification is refused.
std::string format(const std::string& text, const Arguments& arguments) {
  std::string out;
  size_t automatic = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((text[i] == '{' || text[i] == '}') && i + 1 < text.size() && text[i + 1] == text[i]) {
      out += text[i++];
    } else if (text[i] == '{') {
      size_t end = text.find('}', i);
      std::string field = text.substr(i + 1, end == std::string::npos ? end : end - i - 1);
      if (end == std::string::npos || field.find_first_of(":!.[") != std::string::npos)
        throw TemplateError("this format text is not supported");
      bool number = !field.empty() && std::all_of(field.begin(), field.end(), ::isdigit);
      size_t index = field.empty() ? automatic++ : number ? std::stoul(field) : SIZE_MAX;
      const Value* value = arguments.get(index, field.c_str());
      if (!value) throw TemplateError("a value for the format text is missing");
      out += value->print();
      i = end;
    } else {
      out += text[i];
    }
  }
  return out;
}

const std::map<std::string, Method>& text_methods() {
  static const std::map<std::string, Method> methods = {
      {"strip", [](const std::string& t, const Arguments& a) -> Value { return strip(t, a, true, true); }},
      {"lstrip", [](const std::string& t, const Arguments& a) -> Value { return strip(t, a, true, false); }},
      {"rstrip", [](const std::string& t, const Arguments& a) -> Value { return strip(t, a, false, true); }},
      {"split", [](const std::string& t, const Arguments& a) -> Value { return split(t, a, false); }},
      {"rsplit", [](const std::string& t, const Arguments& a) -> Value { return split(t, a, true); }},
      {"splitlines", [](const std::string& t, const Arguments& a) -> Value {
         const Value* keep = a.get(0, "keepends");
         return split_lines(t, keep && keep->truth());
       }},
      {"startswith", [](const std::string& t, const Arguments& a) -> Value { return begins_or_ends(t, a, true); }},
      {"endswith", [](const std::string& t, const Arguments& a) -> Value { return begins_or_ends(t, a, false); }},
      {"upper", [](const std::string& t, const Arguments&) -> Value { return case_of(t, true); }},
      {"lower", [](const std::string& t, const Arguments&) -> Value { return case_of(t, false); }},
      {"title", [](const std::string& t, const Arguments&) -> Value { return title(t, false); }},
      {"capitalize", [](const std::string& t, const Arguments&) -> Value { return title(t, true); }},
      {"replace", [](const std::string& t, const Arguments& a) -> Value { return replace(t, a); }},
      {"find", [](const std::string& t, const Arguments& a) -> Value { return find(t, a, false); }},
      {"rfind", [](const std::string& t, const Arguments& a) -> Value { return find(t, a, true); }},
      {"count", [](const std::string& t, const Arguments& a) -> Value { return count(t, a.positional.at(0).print()); }},
      {"join", [](const std::string& t, const Arguments& a) -> Value {
         std::string out;
         bool first = true;
         for (const Value& item : iterate(a.positional.at(0))) {
           if (!item.text()) throw TemplateError("join needs texts");
           out += (first ? "" : t) + *item.text();
           first = false;
         }
         return out;
       }},
      {"format", [](const std::string& t, const Arguments& a) -> Value { return format(t, a); }},
      {"isdigit", [](const std::string& t, const Arguments&) -> Value { return all_characters(t, [](uint32_t c) { return u_isdigit(static_cast<UChar32>(c)); }); }},
      {"isnumeric", [](const std::string& t, const Arguments&) -> Value { return all_characters(t, [](uint32_t c) { return character_class(c) == CharacterClass::number; }); }},
      {"isalpha", [](const std::string& t, const Arguments&) -> Value { return all_characters(t, [](uint32_t c) { return character_class(c) == CharacterClass::letter; }); }},
      {"isalnum", [](const std::string& t, const Arguments&) -> Value { return all_characters(t, [](uint32_t c) { return character_class(c) == CharacterClass::letter || character_class(c) == CharacterClass::number; }); }},
      {"isspace", [](const std::string& t, const Arguments&) -> Value { return all_characters(t, [](uint32_t c) { return character_class(c) == CharacterClass::space; }); }},
      {"islower", [](const std::string& t, const Arguments&) -> Value { return has_case(t, true); }},
      {"isupper", [](const std::string& t, const Arguments&) -> Value { return has_case(t, false); }},
      {"removeprefix", [](const std::string& t, const Arguments& a) -> Value { return without(t, a.positional.at(0).print(), true); }},
      {"removesuffix", [](const std::string& t, const Arguments& a) -> Value { return without(t, a.positional.at(0).print(), false); }}};
  return methods;
}

Value pair(const Value& key, const Value& value) {
  Value made = List{key, value};
  made.tuple = true;
  return made;
}

Value dict_method(const Value& value, const std::string& name) {
  if (name == "items") return Callable([value](const Arguments&) -> Value {
    List list;
    for (const auto& [key, item] : value.dict()->items) list.push_back(pair(key, item));
    return list;
  });
  if (name == "keys") return Callable([value](const Arguments&) -> Value { return iterate(value); });
  if (name == "values") return Callable([value](const Arguments&) -> Value {
    List list;
    for (const auto& [key, item] : value.dict()->items) list.push_back(item);
    return list;
  });
  if (name == "get") return Callable([value](const Arguments& a) -> Value {
    const Value* found = value.dict()->find(a.positional.at(0));
    if (found) return *found;
    const Value* fallback = a.get(1, "default");
    return fallback ? *fallback : Value(nullptr);
  });
  return {};
}

Value list_method(const Value& value, const std::string& name) {
  if (name == "index") return Callable([value](const Arguments& a) -> Value {
    const List& list = *value.list();
    auto at = std::find(list.begin(), list.end(), a.positional.at(0));
    if (at == list.end()) throw TemplateError("the value is not in the list");
    return static_cast<int64_t>(at - list.begin());
  });
  if (name == "count") return Callable([value](const Arguments& a) -> Value {
    return static_cast<int64_t>(std::count(value.list()->begin(), value.list()->end(), a.positional.at(0)));
  });
  return {};
}

}  // namespace

Value attribute(const Value& value, const std::string& name) {
  if (value.is_undefined()) {
    const std::string& what = value.as<Undefined>()->name;
    throw TemplateError("\"" + (what.empty() ? std::string("a value") : what) + "\" is undefined and has no \"" + name + "\"");
  }
  if (value.dict()) {
    if (Value method = dict_method(value, name); !method.is_undefined() && !value.namespaced) return method;
    const Value* found = value.dict()->find(name);
    return found ? *found : Value::undefined(name);
  }
  if (value.list()) {
    Value method = list_method(value, name);
    return method.is_undefined() ? Value::undefined(name) : method;
  }
  if (const std::string* text = value.text()) {
    auto method = text_methods().find(name);
    if (method != text_methods().end())
      return Callable([text = *text, run = method->second](const Arguments& arguments) {
        try {
          return run(text, arguments);
        } catch (const std::out_of_range&) {
          throw TemplateError("a method was called with too few values");
        }
      });
  }
  return Value::undefined(name);
}

Value subscript(const Value& value, const Value& key) {
  if (value.lazy) throw TemplateError("what a filter yields one by one has no places");
  if (value.is_undefined()) throw TemplateError("an undefined value has no items");
  if (value.dict()) {
    const Value* found = value.dict()->find(key);
    if (found) return *found;
    return key.text() ? attribute(value, *key.text()) : Value::undefined(key.print());
  }
  if (key.text()) return attribute(value, *key.text());
  if (!key.as<int64_t>() && !key.as<bool>()) return Value::undefined("item");
  int64_t index = key.integer();
  auto pick = [&](const auto& items) -> Value {
    auto size = static_cast<int64_t>(items.size());
    if (index < 0) index += size;
    if (index < 0 || index >= size) return Value::undefined("item");
    return items[static_cast<size_t>(index)];
  };
  if (value.list()) return pick(*value.list());
  if (value.text()) return pick(characters(*value.text()));
  return Value::undefined("item");
}

Value slice(const Value& value, const Value& begin, const Value& end, const Value& step) {
  if (value.lazy) throw TemplateError("what a filter yields one by one has no places");
  List items = iterate(value);
  auto size = static_cast<int64_t>(items.size());
  int64_t by = step.is_none() ? 1 : step.integer();
  if (by == 0) throw TemplateError("a slice's step is zero");
  auto place = [&](const Value& given, int64_t fallback) {
    if (given.is_none()) return fallback;
    int64_t at = given.integer();
    if (at < 0) at += size;
    return by > 0 ? std::clamp<int64_t>(at, 0, size) : std::clamp<int64_t>(at, -1, size - 1);
  };
  int64_t from = place(begin, by > 0 ? 0 : size - 1), to = place(end, by > 0 ? size : -1);
  List picked;
  for (int64_t i = from; by > 0 ? i < to : i > to; i += by) picked.push_back(items[static_cast<size_t>(i)]);
  if (!value.text()) return picked;
  std::string text;
  for (const Value& item : picked) text += *item.text();
  return text;
}

}  // namespace loom::jinja
