// The named filters, by what they work on. Each has the arguments and the results of Jinja's own.
#pragma once

#include <functional>

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
  const Value* get(size_t index, const char* name) const { return arguments.get(index, name); }
  int64_t integer(size_t index, const char* name, int64_t fallback) const {
    const Value* v = get(index, name);
    return v && !v->is_none() ? v->integer() : fallback;
  }
  bool flag(size_t index, const char* name, bool fallback) const {
    const Value* v = get(index, name);
    return v ? v->truth() : fallback;
  }
  std::string text(size_t index, const char* name, const std::string& fallback) const {
    const Value* v = get(index, name);
    return v ? v->print() : fallback;
  }
};

// Lists.
Value sort(const FilterInput& c);
Value dictsort(const FilterInput& c);
Value extreme(const FilterInput& c, bool greatest);
Value unique(const FilterInput& c);
Value groupby(const FilterInput& c);
Value select(const FilterInput& c, bool by_attribute, bool wanted);
Value map_items(const FilterInput& c);
Value join(const FilterInput& c);
Value batch(const FilterInput& c);
Value slices(const FilterInput& c);
Value sum(const FilterInput& c);
Value first_or_last(const FilterInput& c, bool first);
Value reversed(const FilterInput& c);

// Texts.
Value indent(const FilterInput& c);
Value escape(const FilterInput& c);
Value truncated(const FilterInput& c);
Value urlencode(const FilterInput& c);
Value center(const FilterInput& c);
Value replaced(const FilterInput& c);
// Filters that are a text's own method.
Value method(const FilterInput& c, const char* name);

}  // namespace loom::jinja
