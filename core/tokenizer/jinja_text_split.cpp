// Methods of texts that take them apart, and join.
#include <algorithm>
#include <map>

#include "core/text/utf8.h"
#include "core/tokenizer/jinja_text.h"

namespace loom::jinja {
namespace {

List texts(std::vector<std::string> parts) {
  spend(parts.size());
  List list;
  list.reserve(parts.size());
  for (std::string& part : parts) list.emplace_back(std::move(part));
  return list;
}

// Begin and end of the words.
std::vector<std::pair<size_t, size_t>> word_places(const std::string& text) {
  std::vector<std::pair<size_t, size_t>> words;
  size_t at = 0;
  for (const std::string& word : split_words(text)) {
    at = text.find(word, at);
    words.emplace_back(at, at + word.size());
    at += word.size();
  }
  return words;
}

List split_at_spaces(const std::string& text, int64_t limit, bool from_right) {
  const auto words = word_places(text);
  if (limit < 0 || static_cast<size_t>(limit) >= words.size()) return texts(split_words(text));
  const auto whole = static_cast<size_t>(limit);
  std::vector<std::string> parts;
  auto word = [&](size_t i) {
    return text.substr(words[i].first, words[i].second - words[i].first);
  };
  if (from_right) {
    parts.push_back(
        strip(text.substr(0, words[words.size() - whole - 1].second), nullptr, false, true));
    for (size_t i = words.size() - whole; i < words.size(); ++i) parts.push_back(word(i));
  } else {
    for (size_t i = 0; i < whole; ++i) parts.push_back(word(i));
    parts.push_back(text.substr(words[whole].first));
  }
  return texts(std::move(parts));
}

List split(const std::string& text, const Arguments& arguments, bool from_right) {
  if (arguments.positional.size() > 2) throw TemplateError("split takes a separator and a number");
  const Value *separator = arguments.get(0, "sep"), *most = arguments.get(1, "maxsplit");
  const int64_t limit = most ? most->integer() : -1;
  if (!separator || separator->is_none()) return split_at_spaces(text, limit, from_right);
  const std::string& mark = needed_text(arguments, 0, "sep");
  if (mark.empty()) throw TemplateError("split needs a separator that is not empty");
  spend_search(text.size(), mark.size());
  std::vector<std::string> parts;
  if (from_right) {
    size_t end = text.size();
    while (limit < 0 || static_cast<int64_t>(parts.size()) < limit) {
      const size_t at = end < mark.size() ? std::string::npos : text.rfind(mark, end - mark.size());
      if (at == std::string::npos) break;
      parts.push_back(text.substr(at + mark.size(), end - at - mark.size()));
      end = at;
    }
    parts.push_back(text.substr(0, end));
    std::reverse(parts.begin(), parts.end());
    return texts(std::move(parts));
  }
  size_t begin = 0;
  while (limit < 0 || static_cast<int64_t>(parts.size()) < limit) {
    const size_t at = text.find(mark, begin);
    if (at == std::string::npos) break;
    parts.push_back(text.substr(begin, at - begin));
    begin = at + mark.size();
  }
  parts.push_back(text.substr(begin));
  return texts(std::move(parts));
}

Value partition(const std::string& text, const Arguments& arguments, bool last) {
  check_count(arguments, 1);
  const std::string& mark = needed_text(arguments, 0, "sep");
  if (mark.empty()) throw TemplateError("partition needs a separator that is not empty");
  spend_search(text.size(), mark.size());
  const size_t at = last ? text.rfind(mark) : text.find(mark);
  if (at == std::string::npos)
    return Value::tuple(last ? List{std::string(), std::string(), text}
                             : List{text, std::string(), std::string()});
  return Value::tuple({text.substr(0, at), mark, text.substr(at + mark.size())});
}

Value join(const std::string& text, const Arguments& arguments) {
  check_count(arguments, 1);
  std::string out;
  bool first = true;
  for (const Value& item : iterate(needed(arguments, 0, "iterable"))) {
    if (!item.text()) throw TemplateError("join needs texts");
    if (!first) append(out, text);
    append(out, *item.text());
    first = false;
  }
  return out;
}

}  // namespace

TextMethod find_split_method(const std::string& name) {
  using T = const std::string&;
  using A = const Arguments&;
  static const std::map<std::string, TextMethod> methods = {
      {"join", join},
      {"partition", [](T t, A a) -> Value { return partition(t, a, false); }},
      {"rpartition", [](T t, A a) -> Value { return partition(t, a, true); }},
      {"split", [](T t, A a) -> Value { return split(t, a, false); }},
      {"rsplit", [](T t, A a) -> Value { return split(t, a, true); }},
      {"splitlines", [](T t, A a) -> Value {
         const Value* keep = a.get(0, "keepends");
         return texts(split_lines(t, keep && keep->truth()));
       }}};
  auto found = methods.find(name);
  return found == methods.end() ? nullptr : found->second;
}

}  // namespace loom::jinja
