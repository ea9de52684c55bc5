#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <iostream>

#include "app/cli/command.h"
#include "core/base/error_json.h"
#include "core/base/json_text.h"

namespace loom::cli {
namespace {

Error usage(const std::string& message, const std::string& where, const Command& command) {
  return {ErrorKind::invalid_input, message, where,
          std::string("loomscope-cli ") + command.name + " --help lists what it takes"};
}

const Option* find_option(const Command& command, const std::string& name) {
  for (const auto* options : {&command.options, &common_options()})
    for (const Option& option : *options)
      if (name == option.name) return &option;
  return nullptr;
}

// "" is no file: a shell's variable that was never set must not stand for another place.
bool is_path(const Option& option) {
  for (const char* shown : {"FILE", "DIR", "PATH"})
    if (option.value == std::string(shown)) return true;
  return false;
}

// By what the help says: nothing, "RUN", "[PLAN]" or "[RUN | FILE]"; what else there is counts its
// own.
size_t most_arguments(const std::string& shown) {
  if (shown.empty()) return 0;
  const bool one = (shown.front() == '[' && shown.back() == ']') ||
                   shown.find_first_of(" |") == std::string::npos;
  return one ? 1 : SIZE_MAX;
}

// For errors that do not say themselves what to do.
const char* usual_remedy(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::not_found:
      return "Check the name or the path";
    case ErrorKind::corrupt:
      return "The file is damaged or of another kind: fetch or write it again";
    case ErrorKind::io:
      return "Check permissions and free space";
    case ErrorKind::out_of_memory:
      return "Free memory, or use a smaller model or shorter prompts";
    case ErrorKind::server:
    case ErrorKind::timeout:
    case ErrorKind::conflict:
      return "Try again; what is finished is kept";
    case ErrorKind::unsupported:
      return "Use another file or setting";
    case ErrorKind::invalid_input:
      return "Correct it and give the command again";
    case ErrorKind::internal:
      return "This is a fault of the program: report it with this line";
    case ErrorKind::cancelled:
      return "";
  }
  return "";
}

}  // namespace

const std::vector<std::string>* Invocation::find(const std::string& name) const {
  for (const auto& [key, values] : values_)
    if (key == name) return &values;
  return nullptr;
}

std::string Invocation::text(const std::string& name, const std::string& fallback) const {
  const auto* values = find(name);
  return values && !values->empty() ? values->back() : fallback;
}

std::vector<std::string> Invocation::texts(const std::string& name) const {
  const auto* values = find(name);
  return values ? *values : std::vector<std::string>{};
}

void Invocation::set(const std::string& name, std::vector<std::string> values) {
  for (auto& [key, present] : values_)
    if (key == name) {
      present.insert(present.end(), values.begin(), values.end());
      return;
    }
  values_.emplace_back(name, std::move(values));
}

bool Invocation::names(const std::string& thing) const {
  auto is_in = [&thing](const std::vector<std::string>& typed) {
    return std::find(typed.begin(), typed.end(), thing) != typed.end();
  };
  return is_in(positional) || std::any_of(values_.begin(), values_.end(),
                                          [&](const auto& option) { return is_in(option.second); });
}

Result<std::optional<int64_t>> Invocation::integer(const std::string& name) const {
  if (!has(name)) return std::optional<int64_t>();
  std::string given = text(name);
  int64_t value = 0;
  auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), value);
  if (error != std::errc() || end != given.data() + given.size())
    return Error{ErrorKind::invalid_input,
                 "\"" + given + "\" is " +
                     (error == std::errc::result_out_of_range ? "too large" : "not a whole number"),
                 "--" + name, "Give a whole number, for example --" + name + " 8"};
  return std::optional(value);
}

Result<std::optional<double>> Invocation::number(const std::string& name) const {
  if (!has(name)) return std::optional<double>();
  std::string given = text(name);
  double value = 0;
  auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), value);
  // "nan" and "inf" are read, too; they would pass every comparison that asks for what is wrong.
  if (error != std::errc() || end != given.data() + given.size() || !std::isfinite(value))
    return Error{ErrorKind::invalid_input, "\"" + given + "\" is not a number", "--" + name,
                 "Give a number, for example --" + name + " 0.5"};
  return std::optional(value);
}

Result<Invocation> parse_arguments(const Command& command,
                                   const std::vector<std::string>& arguments) {
  Invocation invocation;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == "-h") {
      invocation.set("help", {});
      continue;
    }
    if (!argument.starts_with("--")) {
      if (invocation.positional.size() >= most_arguments(command.arguments))
        return usage("is one argument too many", argument, command);
      if (argument.empty()) return usage("an argument is empty", "\"\"", command);
      invocation.positional.push_back(argument);
      continue;
    }
    size_t equals = argument.find('=');
    std::string name = argument.substr(2, equals == std::string::npos ? equals : equals - 2);
    std::replace(name.begin(), name.end(), '-', '_');
    const Option* option = find_option(command, name);
    if (!option) return usage("unknown option", argument, command);
    std::vector<std::string> values;
    if (!option->value) {
      if (equals != std::string::npos) return usage("takes no value", argument, command);
    } else if (equals != std::string::npos) {
      values.push_back(argument.substr(equals + 1));
    } else {
      while (i + 1 < arguments.size() && (values.empty() || option->list) &&
             !arguments[i + 1].starts_with("--"))
        values.push_back(arguments[++i]);
      if (values.empty()) return usage("needs a value", argument, command);
    }
    if (option->value && is_path(*option) &&
        std::find(values.begin(), values.end(), "") != values.end())
      return usage("needs a value", "--" + name, command);
    invocation.set(name, std::move(values));
  }
  return invocation;
}

void print_json(const Invocation& invocation, const nlohmann::json& json) {
  std::cout << json_text(json, invocation.has("pretty") ? 2 : -1) << std::endl;
}

void print_error(const Invocation& invocation, const Error& given, bool json) {
  Error error = given;
  if (error.remedy.empty()) error.remedy = usual_remedy(error.kind);
  if (json) print_json(invocation, {{"error", error_json(error)}});
  std::cerr << "loomscope-cli: " << describe(error) << std::endl;
}

int refuse(const Invocation& invocation, const Error& error) {
  print_error(invocation, error, invocation.has("json"));
  return kUsage;
}

Result<int> refuse_if_missing(const Invocation& invocation, const Error& error) {
  if (error.kind == ErrorKind::not_found) return refuse(invocation, error);
  return error;
}

}  // namespace loom::cli
