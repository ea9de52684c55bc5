#include "core/tokenizer/jinja_filters.h"

#include <algorithm>
#include <sstream>

namespace loom::jinja {
namespace {

Value json(const FilterInput& c) {
  // transformers: tojson(ensure_ascii=False, indent=None, separators=None, sort_keys=False)
  JsonForm form;
  if (const Value* indent = c.given(1, "indent")) {
    form.lines = true;
    form.item_separator = ",";
    if (indent->text())
      form.indent = *indent->text();
    else
      append(form.indent, static_cast<size_t>(std::max<int64_t>(0, indent->integer())), " ");
  }
  if (const Value* separators = c.given(2, "separators")) {
    const List both = iterate(*separators);
    if (both.size() != 2 || !both[0].text() || !both[1].text())
      throw TemplateError("separators are two texts");
    form.item_separator = *both[0].text();
    form.key_separator = *both[1].text();
  }
  form.ensure_ascii = c.flag(0, "ensure_ascii", false);
  form.sort_keys = c.flag(3, "sort_keys", false);
  return to_json(c.value, form);
}

Value default_value(const FilterInput& c) {
  if (!c.value.is_undefined() && !(c.flag(1, "boolean", false) && !c.value.truth())) return c.value;
  const Value* fallback = c.get(0, "default_value");
  return fallback ? *fallback : Value(std::string());
}

Value sorted_keys(const Value& value, int depth) {
  if (depth > kDeepestValue) throw TemplateError("a value is nested too deeply");
  if (value.list() && !value.range()) {
    List list = *value.list();
    for (Value& item : list) item = sorted_keys(item, depth + 1);
    return Value(std::move(list)).shaped(value.shape);
  }
  if (!value.is_mapping()) return value;
  Dict dict = *value.dict();
  for (auto& [key, item] : dict.items) item = sorted_keys(item, depth + 1);
  std::stable_sort(dict.items.begin(), dict.items.end(),
                   [](const auto& a, const auto& b) { return less(a.first, b.first); });
  return dict;
}

// As Python's pprint, of what takes a single line.
Value pretty(const FilterInput& c) {
  const Value shown = sorted_keys(c.value, 0).repr();
  if (shown.text()->size() > 80) throw TemplateError("pprint of more than a line is not supported");
  return shown;
}

// A prompt has to be the same each time.
Value refuse_chance(const FilterInput&) {
  throw TemplateError("the filter \"random\" is refused: its result cannot be repeated");
}

const FilterTable& table() {
  static const FilterTable filters = [] {
    FilterTable made = {
        {"attr",
         {[](const FilterInput& c) {
            // Only what a point reaches: no key.
            Value found = attribute(c.value, c.text(0, "name", ""));
            return c.value.is_mapping() && !found.callable() ? Value::undefined("attr") : found;
          },
          "name", 1}},
        {"d", {default_value, "default_value boolean"}},
        {"default", {default_value, "default_value boolean"}},
        {"pprint", {pretty}},
        {"random", {refuse_chance}},
        {"string", {[](const FilterInput& c) { return c.soft(); }}},
        {"tojson", {json, "ensure_ascii indent separators sort_keys"}},
    };
    add_list_filters(made);
    add_grouping_filters(made);
    add_text_filters(made);
    add_markup_filters(made);
    add_number_filters(made);
    for (auto& [name, filter] : made) {
      std::istringstream words(filter.parameters);
      for (std::string word; words >> word;) filter.names.push_back(word);
    }
    return made;
  }();
  return filters;
}

void check_arguments(const std::string& name, const Filter& filter, const Arguments& arguments) {
  const std::vector<std::string>& known = filter.names;
  if (known.size() == 1 && known[0] == "*") return;
  const size_t given = arguments.positional.size();
  bool right = given <= known.size();
  for (const auto& [key, value] : arguments.named) {
    auto at = std::find(known.begin(), known.end(), key);
    right = right && at != known.end() && static_cast<size_t>(at - known.begin()) >= given;
  }
  for (size_t i = 0; i < filter.needed; ++i) right = right && arguments.get(i, known[i].c_str());
  if (!right) throw TemplateError("the filter \"" + name + "\" takes (" + filter.parameters + ")");
}

}  // namespace

bool has_filter(const std::string& name) {
  return table().contains(name);
}

Value apply_filter(const std::string& name, const Value& value, const Arguments& arguments,
                   bool escaping, const FilterCall& filter, const TestCall& test) {
  auto found = table().find(name);
  if (found == table().end()) throw TemplateError("there is no filter \"" + name + "\"");
  check_arguments(name, found->second, arguments);
  Value result = found->second.run({value, arguments, filter, test, escaping});
  return found->second.generator ? result.shaped(Shape::generator) : result;
}

}  // namespace loom::jinja
