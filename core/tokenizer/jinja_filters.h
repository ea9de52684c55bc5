// The named filters, by what they work on. Each has the arguments and the results of Jinja's own.
// Only random is refused where it is used: its result cannot be repeated.
#pragma once

#include <functional>
#include <map>

#include "core/tokenizer/jinja_value.h"

namespace loom::jinja {

using FilterCall = std::function<Value(const std::string&, const Value&, const Arguments&)>;
using TestCall = std::function<bool(const std::string&, const Value&, const Arguments&)>;

// What a filter is given: the value before the bar, its arguments, and the language's own tables.
struct FilterInput {
  const Value& value;
  const Arguments& arguments;
  const FilterCall& filter;
  const TestCall& test;
  bool escaping;  // within {% autoescape true %}
  const Value* get(size_t index, const char* name) const { return arguments.get(index, name); }
  const Value* given(size_t index, const char* name) const {  // and is not none
    const Value* v = get(index, name);
    return v && !v->is_none() ? v : nullptr;
  }
  int64_t integer(size_t index, const char* name, int64_t fallback) const {
    const Value* v = given(index, name);
    return v ? v->integer() : fallback;
  }
  bool flag(size_t index, const char* name, bool fallback) const {
    const Value* v = get(index, name);
    return v ? v->truth() : fallback;
  }
  std::string text(size_t index, const char* name, const std::string& fallback) const {
    const Value* v = get(index, name);
    return v ? v->print() : fallback;
  }
  // The value as a text that keeps being markup.
  Value soft() const { return jinja::soft(value); }
};

struct Filter {
  Value (*run)(const FilterInput&);
  const char* parameters = "";          // names, in order; "*" takes any
  size_t needed = 0;                    // so many must be given
  bool generator = false;               // yields one by one
  std::vector<std::string> names = {};  // of the parameters, once the table is made
};
using FilterTable = std::map<std::string, Filter>;
void add_list_filters(FilterTable& table);
void add_grouping_filters(FilterTable& table);
void add_text_filters(FilterTable& table);
void add_markup_filters(FilterTable& table);
void add_number_filters(FilterTable& table);

// "a.b.0" walks keys and positions; where there is nothing stands the fallback, if any.
Value by_path(const Value& value, const Value& path, const Value* fallback = nullptr);
Value without_case(const Value& value, bool case_sensitive);
std::string urlize(const FilterInput& given);
std::vector<std::string> wrap_line(const std::string& line, int64_t width, bool break_long,
                                   bool break_hyphens);

}  // namespace loom::jinja
