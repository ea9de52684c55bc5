// What `models` and `benchmarks` share: an action, and what it is for.
#pragma once

#include "app/cli/command.h"

namespace loom::cli {

// "ls" where none is typed.
std::string action_of(const Invocation& invocation);
Error unknown_action(const Invocation& invocation, const std::string& known);
// `verb ls` lists what could be named.
Error needs(const char* noun, const std::string& where, const std::string& verb);
// An option, and the only actions that read it, with blanks around each: " add sample ".
struct OptionUse {
  std::string option;
  std::string actions;
};
// An option that nothing reads would be taken for one that was heeded.
Status check_uses(const Invocation& invocation, const std::vector<OptionUse>& uses);
// A second name would be left out without a word.
Status check_count(const Invocation& invocation, size_t most);

}  // namespace loom::cli
