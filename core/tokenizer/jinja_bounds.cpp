#include "core/tokenizer/jinja_bounds.h"

#include <cstdint>

namespace loom::jinja {
namespace {

// Well within the 8 MiB that a thread has.
constexpr size_t kMostStack = 3u << 20;

struct Account {
  size_t steps = 0, text = 0;
  uintptr_t stack = 0;
};
thread_local Account account;

uintptr_t stack_place() {
  return reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
}

}  // namespace

void begin_account() {
  account = {0, 0, stack_place()};
}

void spend(size_t steps) {
  account.steps += steps;
  if (account.steps > kMostSteps) throw TemplateError("the template runs too long");
}

void spend_text(size_t bytes) {
  account.text += bytes;
  if (account.text > kMostText) throw TemplateError("the template makes too much text");
}

void spend_search(size_t text, size_t wanted) {
  spend((text / 1024) * (wanted / 64 + 1));
}

void check_length(size_t bytes) {
  if (bytes > kMostOutput) throw TemplateError("a text is too long");
}

void check_stack() {
  const uintptr_t here = stack_place();
  const size_t used = account.stack > here ? account.stack - here : 0;
  if (account.stack != 0 && used > kMostStack)
    throw TemplateError("the template calls itself too deeply");
}

}  // namespace loom::jinja
