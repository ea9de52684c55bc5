// Methods of texts that look for another text.
#include <algorithm>
#include <map>

#include "core/tokenizer/jinja_text.h"

namespace loom::jinja {
namespace {

// The bytes between the places that two optional arguments name, as in text[begin:end].
struct Window {
  std::vector<size_t> offsets;
  int64_t begin = 0, end = 0;
  bool beyond = false;  // begins behind the end: nothing is found there, not even nothing

  Window(const std::string& text, const Arguments& arguments, size_t first)
      : offsets(places(text)) {
    const auto size = static_cast<int64_t>(offsets.size()) - 1;
    auto place = [&](size_t index, int64_t fallback) {
      const Value* given =
          index < arguments.positional.size() ? &arguments.positional[index] : nullptr;
      if (!given || given->is_none()) return fallback;
      const int64_t at = given->integer();
      return at < 0 ? std::max<int64_t>(at + size, 0) : at;
    };
    begin = place(first, 0);
    end = std::min(place(first + 1, size), size);
    beyond = begin > end;
    begin = std::min(begin, size);
  }
  size_t from() const { return offsets[static_cast<size_t>(begin)]; }
  size_t to() const { return offsets[static_cast<size_t>(std::max(begin, end))]; }
  int64_t place_of(size_t byte) const {
    return std::lower_bound(offsets.begin(), offsets.end(), byte) - offsets.begin();
  }
};

int64_t find(const std::string& text, const Arguments& arguments, bool last) {
  check_count(arguments, 3);
  const std::string& wanted = needed_text(arguments, 0, "sub");
  const Window window(text, arguments, 1);
  if (window.beyond || wanted.size() > window.to() - window.from()) return -1;
  spend_search(text.size(), wanted.size());
  const size_t at =
      last ? text.rfind(wanted, window.to() - wanted.size()) : text.find(wanted, window.from());
  if (at == std::string::npos || at < window.from() || at + wanted.size() > window.to()) return -1;
  return window.place_of(at);
}

int64_t index(const std::string& text, const Arguments& arguments, bool last) {
  const int64_t at = find(text, arguments, last);
  if (at < 0) throw TemplateError("the text is not found");
  return at;
}

int64_t count(const std::string& text, const Arguments& arguments) {
  check_count(arguments, 3);
  const std::string& wanted = needed_text(arguments, 0, "sub");
  const Window window(text, arguments, 1);
  if (window.beyond) return 0;
  if (wanted.empty()) return window.end - window.begin + 1;
  spend_search(text.size(), wanted.size());
  int64_t n = 0;
  for (size_t at = text.find(wanted, window.from());
       at != std::string::npos && at + wanted.size() <= window.to();
       at = text.find(wanted, at + wanted.size()))
    ++n;
  return n;
}

bool begins_or_ends(const std::string& text, const Arguments& arguments, bool begins) {
  check_count(arguments, 3);
  const Value& given = needed(arguments, 0, "prefix");
  const List options = given.is_tuple() ? *given.list() : List{given};
  const Window window(text, arguments, 1);
  const std::string part = text.substr(window.from(), window.to() - window.from());
  return std::any_of(options.begin(), options.end(), [&](const Value& option) {
    if (!option.text())
      throw TemplateError("startswith and endswith need a text or a tuple of texts");
    return !window.beyond &&
           (begins ? part.starts_with(*option.text()) : part.ends_with(*option.text()));
  });
}

Value replace(const std::string& text, const Arguments& arguments) {
  check_count(arguments, 3);
  const int64_t most = arguments.positional.size() > 2 ? arguments.positional[2].integer() : -1;
  return replace_all(text, needed_text(arguments, 0, "old"), needed_text(arguments, 1, "new"),
                     most);
}

Value without(const std::string& text, const Arguments& arguments, bool prefix) {
  check_count(arguments, 1);
  const std::string& part = needed_text(arguments, 0, prefix ? "prefix" : "suffix");
  if (prefix && text.starts_with(part)) return text.substr(part.size());
  if (!prefix && text.ends_with(part)) return text.substr(0, text.size() - part.size());
  return text;
}

}  // namespace

TextMethod find_search_method(const std::string& name) {
  using T = const std::string&;
  using A = const Arguments&;
  static const std::map<std::string, TextMethod> methods = {
      {"find", [](T t, A a) -> Value { return find(t, a, false); }},
      {"rfind", [](T t, A a) -> Value { return find(t, a, true); }},
      {"index", [](T t, A a) -> Value { return index(t, a, false); }},
      {"rindex", [](T t, A a) -> Value { return index(t, a, true); }},
      {"count", [](T t, A a) -> Value { return count(t, a); }},
      {"startswith", [](T t, A a) -> Value { return begins_or_ends(t, a, true); }},
      {"endswith", [](T t, A a) -> Value { return begins_or_ends(t, a, false); }},
      {"replace", replace},
      {"removeprefix", [](T t, A a) -> Value { return without(t, a, true); }},
      {"removesuffix", [](T t, A a) -> Value { return without(t, a, false); }}};
  auto found = methods.find(name);
  return found == methods.end() ? nullptr : found->second;
}

}  // namespace loom::jinja
