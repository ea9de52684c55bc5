// loomscope-cli: the same plans as in the window, on machines without a screen.
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <new>

#include "app/cli/command.h"
#include "app/cli/interrupt.h"
#include "core/base/memory_limit.h"

namespace {

using namespace loom;
using namespace loom::cli;

void print_overview(std::ostream& out) {
  out << "LoomScope evaluates long-context language models on this machine.\n\n"
         "usage: loomscope-cli VERB [ARGUMENTS] [OPTIONS]\n\n";
  for (const Command& command : all_commands()) {
    std::string name = command.name;
    out << "  " << name << std::string(name.size() < 12 ? 12 - name.size() : 1, ' ')
        << command.summary << '\n';
  }
  out << "\nloomscope-cli VERB --help lists a verb's options.\n";
}

void print_options(const std::vector<Option>& options) {
  for (const Option& option : options) {
    std::string name = std::string("--") + option.name;
    if (option.value) name += std::string(" ") + option.value + (option.list ? " ..." : "");
    std::cout << "  " << name << std::string(name.size() < 28 ? 28 - name.size() : 1, ' ')
              << option.help << '\n';
  }
}

int print_help(const Command& command) {
  std::cout << command.summary << "\n\nusage: loomscope-cli " << command.name << ' '
            << command.arguments << "\n\n";
  print_options(command.options);
  print_options(common_options());
  return kFinished;
}

const Command* find_command(const std::string& name) {
  for (const Command& command : all_commands())
    if (name == command.name) return &command;
  return nullptr;
}

// A file or model that was named and is not there is wrong usage, as is a benchmark nobody knows.
int exit_code(const Error& error, const Invocation& invocation) {
  switch (error.kind) {
    case ErrorKind::invalid_input:
      return kUsage;
    case ErrorKind::not_found:
      return invocation.names(error.where) ? kUsage : kFailed;
    case ErrorKind::cancelled:
      return interrupt_signal() > 0 ? 128 + interrupt_signal() : kFailed;
    default:
      return kFailed;
  }
}

int report(const Error& error, bool json, const Invocation& invocation) {
  print_error(invocation, error, json);
  return exit_code(error, invocation);
}

// Whoever read our output wants no more of it, as `head` after its lines: nothing to complain of.
bool reader_is_gone() {
  pollfd output{STDOUT_FILENO, POLLOUT, 0};
  return ::poll(&output, 1, 0) > 0 && (output.revents & POLLERR) != 0;
}

// Errors are values; what a library throws all the same must not end in a core dump.
Result<int> run_verb(const Command& command, const Invocation& invocation) try {
  return command.run(invocation);
} catch (const std::bad_alloc&) {
  return Error{ErrorKind::out_of_memory, "there is not enough memory", command.name, ""};
} catch (const std::exception& thrown) {
  return Error{ErrorKind::internal, thrown.what(), command.name, ""};
}

int run_command(const Command& command, const Invocation& invocation, bool json) {
  watch_signals();
  auto code = run_verb(command, invocation);
  if (!code) return report(code.error(), json, invocation);
  if (std::cout.flush()) return *code;
  if (reader_is_gone()) return *code == kFinished ? 128 + SIGPIPE : *code;
  // A full disk behind standard output is no success.
  return report({ErrorKind::io, "cannot be written", "standard output", "Check free space"}, false,
                invocation);
}

// Engines and forecasts read the limit where every program of ours does.
Status bound_memory(const Invocation& invocation) {
  if (!invocation.has("memory_limit")) return {};
  const std::string given = invocation.text("memory_limit");
  LOOM_TRY([[maybe_unused]] const uint64_t bytes, memory_size_from(given, "--memory_limit"));
  ::setenv(kMemoryLimitVariable, given.c_str(), 1);
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() == 2 && arguments[0] == "help")
    if (const Command* command = find_command(arguments[1])) return print_help(*command);
  if (arguments.empty() || arguments[0] == "--help" || arguments[0] == "-h" ||
      arguments[0] == "help") {
    print_overview(arguments.empty() ? std::cerr : std::cout);
    return arguments.empty() ? kUsage : kFinished;
  }
  if (arguments[0] == "--version") {
    std::cout << "loomscope-cli " << LOOM_VERSION << std::endl;
    return kFinished;
  }
  bool json = std::find(arguments.begin(), arguments.end(), "--json") != arguments.end();
  if (const Command* command = find_command(arguments[0])) {
    auto invocation = parse_arguments(*command, {arguments.begin() + 1, arguments.end()});
    if (!invocation) return report(invocation.error(), json, {});
    if (invocation->has("help")) return print_help(*command);
    if (Status bounded = bound_memory(*invocation); !bounded)
      return report(bounded.error(), json, *invocation);
    return run_command(*command, *invocation, json);
  }
  print_overview(std::cerr);
  std::cerr << '\n';
  return report({ErrorKind::invalid_input, "there is no verb \"" + arguments[0] + "\"", "",
                 "loomscope-cli --help lists the verbs"},
                json, {});
}
