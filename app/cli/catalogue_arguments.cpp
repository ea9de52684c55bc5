#include "app/cli/catalogue_arguments.h"

namespace loom::cli {

std::string action_of(const Invocation& invocation) {
  return invocation.positional.empty() ? "ls" : invocation.positional.front();
}

Error unknown_action(const Invocation& invocation, const std::string& known) {
  return {ErrorKind::invalid_input, "there is no action \"" + action_of(invocation) + "\"", "",
          known};
}

Error needs(const char* noun, const std::string& where, const std::string& verb) {
  return {ErrorKind::invalid_input, std::string("a ") + noun + " is needed", where,
          "loomscope-cli " + verb + " ls lists them"};
}

Status check_uses(const Invocation& invocation, const std::vector<OptionUse>& uses) {
  for (const OptionUse& use : uses)
    if (invocation.has(use.option) &&
        use.actions.find(' ' + action_of(invocation) + ' ') == std::string::npos)
      return Error{ErrorKind::invalid_input, "is not read by " + action_of(invocation),
                   "--" + use.option, "It is for:" + use.actions.substr(0, use.actions.size() - 1)};
  return {};
}

Status check_count(const Invocation& invocation, size_t most) {
  if (invocation.positional.size() <= most) return {};
  return Error{ErrorKind::invalid_input, "is one argument too many", invocation.positional[most],
               "One at a time: give the command again for another"};
}

}  // namespace loom::cli
