#include "core/tokenizer/jinja_globals.h"

#include <chrono>
#include <clocale>
#include <ctime>
#include <memory>

#include "core/tokenizer/jinja_collections.h"
#include "core/tokenizer/jinja_text.h"

namespace loom::jinja {
namespace {

// The clock as Python's datetime without a zone formats it: zones are empty, and there are
// microseconds.
std::string format_time(const std::string& now, const std::string& format) {
  std::tm time{};
  int microseconds = 0;
  if (now.empty()) {
    const auto clock = std::chrono::system_clock::now();
    const std::time_t seconds = std::chrono::system_clock::to_time_t(clock);
    localtime_r(&seconds, &time);
    microseconds = static_cast<int>(
        std::chrono::duration_cast<std::chrono::microseconds>(clock.time_since_epoch()).count() %
        1'000'000);
  } else if (!strptime(now.c_str(), "%Y-%m-%dT%H:%M:%S", &time)) {
    throw TemplateError("the given time is not ISO 8601");
  }
  std::string plain;
  for (size_t i = 0; i < format.size(); ++i) {
    const char next = format[i] == '%' && i + 1 < format.size() ? format[i + 1] : '\0';
    if (next == 'f') {
      const std::string digits = std::to_string(microseconds);
      plain += std::string(6 - digits.size(), '0') + digits;
    } else if (next != 'z' && next != 'Z') {
      plain += format[i];
      if (next != '\0') plain += next;
    }
    if (next != '\0') ++i;
  }
  char buffer[512];
  if (plain.size() > sizeof buffer / 4) throw TemplateError("the format of a time is too long");
  // Names of days and months are English wherever the program runs, as in the reference.
  static const locale_t kPlain = newlocale(LC_ALL_MASK, "C", nullptr);
  const size_t length = strftime_l(buffer, sizeof buffer, plain.c_str(), &time, kPlain);
  return std::string(buffer, length);
}

Value make_range(const Arguments& arguments) {
  int64_t numbers[3] = {0, 0, 1};
  size_t n = arguments.positional.size();
  if (n == 0 || n > 3 || !arguments.named.empty())
    throw TemplateError("range takes one to three numbers");
  for (size_t i = 0; i < n; ++i) numbers[i] = arguments.positional[i].integer();
  if (n == 1) std::swap(numbers[0], numbers[1]);
  if (numbers[2] == 0) throw TemplateError("range needs a step");
  List list;
  for (int64_t i = numbers[0]; numbers[2] > 0 ? i < numbers[1] : i > numbers[1];) {
    // The reference's sandbox allows as many.
    if (list.size() >= 100'000) throw TemplateError("range is too long");
    list.emplace_back(i);
    if (__builtin_add_overflow(i, numbers[2], &i)) break;
  }
  spend(list.size() / 8);
  return Value(Range{std::move(list), numbers[0], numbers[1], numbers[2]});
}

Value make_namespace(const Arguments& arguments, Namespaces& namespaces) {
  const Value made = make_dict(arguments);
  for (const auto& [key, value] : made.dict()->items) check_namespace_name(key);
  namespaces.push_back(*made.as<std::shared_ptr<Dict>>());
  return made.shaped(Shape::name_space);
}

Value make_joiner(const Arguments& arguments) {
  const Value* given = arguments.get(0, "sep");
  auto used = std::make_shared<bool>(false);
  return Callable([separator = given ? *given : Value(", "), used](const Arguments& none) -> Value {
    check_count(none, 0);
    const bool before = *used;
    *used = true;
    return before ? separator : Value(std::string());
  });
}

Value make_cycler(const Arguments& arguments) {
  check_count(arguments, SIZE_MAX);
  if (arguments.positional.empty()) throw TemplateError("a cycler needs values");
  // Its functions hold the dictionary weakly: it would else hold itself. They outlive it where one
  // is called on a cycler that no name holds.
  auto cycler = std::make_shared<Dict>();
  const std::weak_ptr<Dict> weak = cycler;
  auto items = std::make_shared<const List>(arguments.positional);
  auto place = std::make_shared<size_t>(0);
  auto go = [weak, items, place](size_t at) {
    *place = at;
    if (auto self = weak.lock()) {
      self->set("pos", static_cast<int64_t>(at));
      self->set("current", (*items)[at]);
    }
  };
  cycler->set("__repr__", "<Cycler>");
  cycler->set("items", Value::tuple(*items));
  go(0);
  cycler->set("next", Callable([items, place, go](const Arguments& none) {
                check_count(none, 0);
                const size_t at = *place;
                go((at + 1) % items->size());
                return (*items)[at];
              }));
  cycler->set("reset", Callable([go](const Arguments& none) -> Value {
                check_count(none, 0);
                go(0);
                return nullptr;
              }));
  return Value(std::move(cycler)).shaped(Shape::object);
}

// A function with further functions as its attributes.
Value dict_global() {
  Dict global;
  global.set("__repr__", "<dict>");
  global.set("__call__", Callable(make_dict));
  global.set("fromkeys", Callable(dict_from_keys));
  return Value(std::move(global)).shaped(Shape::object);
}

}  // namespace

void check_namespace_name(const Value& name) {
  if (name.text() && name.text()->starts_with('_'))
    throw TemplateError("a namespace has no names that begin with an underscore");
}

std::unordered_map<std::string, Value> global_values(
    const std::string& now, const std::shared_ptr<Namespaces>& namespaces) {
  std::unordered_map<std::string, Value> values;
  values["range"] = Callable(make_range);
  values["dict"] = dict_global();
  values["namespace"] = Callable(
      [namespaces](const Arguments& arguments) { return make_namespace(arguments, *namespaces); });
  values["joiner"] = Callable(make_joiner);
  values["cycler"] = Callable(make_cycler);
  values["raise_exception"] = Callable([](const Arguments& arguments) -> Value {
    const Value* message = arguments.get(0, "message");
    throw TemplateError(message ? message->print() : "the template refuses");
  });
  values["lipsum"] = Callable([](const Arguments&) -> Value {
    throw TemplateError("the function \"lipsum\" is refused: its text cannot be repeated");
  });
  values["strftime_now"] = Callable([now](const Arguments& arguments) -> Value {
    return format_time(now, needed_text(arguments, 0, "format"));
  });
  return values;
}

}  // namespace loom::jinja
