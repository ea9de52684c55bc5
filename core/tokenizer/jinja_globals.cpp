#include "core/tokenizer/jinja_globals.h"

#include <ctime>
#include <memory>

namespace loom::jinja {
namespace {

std::string format_time(const std::string& now, const std::string& format) {
  std::tm time{};
  if (now.empty()) {
    std::time_t clock = std::time(nullptr);
    localtime_r(&clock, &time);
  } else if (!strptime(now.c_str(), "%Y-%m-%dT%H:%M:%S", &time)) {
    throw TemplateError("the given time is not ISO 8601");
  }
  char buffer[512];
  size_t length = std::strftime(buffer, sizeof buffer, format.c_str(), &time);
  return std::string(buffer, length);
}

Value make_range(const Arguments& arguments) {
  int64_t numbers[3] = {0, 0, 1};
  size_t n = arguments.positional.size();
  if (n == 0 || n > 3) throw TemplateError("range takes one to three numbers");
  for (size_t i = 0; i < n; ++i) numbers[i] = arguments.positional[i].integer();
  if (n == 1) std::swap(numbers[0], numbers[1]);
  if (numbers[2] == 0) throw TemplateError("range needs a step");
  List list;
  for (int64_t i = numbers[0]; numbers[2] > 0 ? i < numbers[1] : i > numbers[1]; i += numbers[2]) {
    // The reference's sandbox allows as many.
    if (list.size() >= 100'000) throw TemplateError("range is too long");
    list.emplace_back(i);
  }
  return list;
}

Value dict_of(const Arguments& arguments) {
  Dict dict;
  for (const Value& given : arguments.positional)
    if (given.dict())
      for (const auto& [key, value] : given.dict()->items) dict.set(key, value);
  for (const auto& [key, value] : arguments.named) dict.set(key, value);
  return dict;
}

}  // namespace

std::unordered_map<std::string, Value> global_values(const std::string& now) {
  std::unordered_map<std::string, Value> values;
  values["range"] = Callable(make_range);
  values["dict"] = Callable(dict_of);
  values["namespace"] = Callable([](const Arguments& arguments) {
    Value value = dict_of(arguments);
    value.namespaced = true;
    return value;
  });
  values["raise_exception"] = Callable([](const Arguments& arguments) -> Value {
    throw TemplateError(arguments.positional.empty() ? "the template refuses"
                                                     : arguments.positional[0].print());
  });
  values["strftime_now"] = Callable([now](const Arguments& arguments) -> Value {
    if (arguments.positional.empty()) throw TemplateError("strftime_now needs a format");
    return format_time(now, arguments.positional[0].print());
  });
  values["joiner"] = Callable([](const Arguments& arguments) -> Value {
    std::string separator = arguments.positional.empty() ? ", " : arguments.positional[0].print();
    auto used = std::make_shared<bool>(false);
    return Callable([separator, used](const Arguments&) -> Value {
      bool before = *used;
      *used = true;
      return before ? separator : std::string();
    });
  });
  return values;
}

}  // namespace loom::jinja
