// One verb of the command line: its options, and what it does. Data goes to standard output, words
// and progress to standard error.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace loom::cli {

struct Option {
  const char* name;   // snake_case; hyphens are accepted on the command line
  const char* value;  // shown in help; nullptr for a switch
  const char* help;
  bool list = false;  // takes all values up to the next option
};

// What was typed, checked against the command's options.
class Invocation {
 public:
  std::vector<std::string> positional;

  bool has(const std::string& name) const { return find(name) != nullptr; }
  std::string text(const std::string& name, const std::string& fallback = "") const;
  std::vector<std::string> texts(const std::string& name) const;
  Result<std::optional<int64_t>> integer(const std::string& name) const;
  Result<std::optional<double>> number(const std::string& name) const;
  void set(const std::string& name, std::vector<std::string> values);
  // Whether it was typed, as an argument or as an option's value.
  bool names(const std::string& thing) const;

 private:
  const std::vector<std::string>* find(const std::string& name) const;
  std::vector<std::pair<std::string, std::vector<std::string>>> values_;
};

// Exit codes that scripts may rely on.
enum ExitCode { kFinished = 0, kFailed = 1, kUsage = 2, kFailedSamples = 3, kGateNotMet = 100 };

struct Command {
  const char* name;
  const char* arguments;  // shown in help
  const char* summary;
  std::vector<Option> options;
  Result<int> (*run)(const Invocation&);
};

const std::vector<Command>& all_commands();
// Options that every command takes.
const std::vector<Option>& common_options();

Result<Invocation> parse_arguments(const Command& command,
                                   const std::vector<std::string>& arguments);

// Prints one JSON object on standard output, on one line unless --pretty.
void print_json(const Invocation& invocation, const nlohmann::json& json);
// In words on standard error, with `json` also as an object on standard output.
void print_error(const Invocation& invocation, const Error& error, bool json);
// For what makes no sense as it was typed or configured, of whatever kind the error is: a plan file
// that is not there, a benchmark that nobody knows.
int refuse(const Invocation& invocation, const Error& error);
// What was named and is not there is wrong usage; other errors stay what they are.
Result<int> refuse_if_missing(const Invocation& invocation, const Error& error);

}  // namespace loom::cli
