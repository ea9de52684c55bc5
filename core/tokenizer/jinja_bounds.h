// What one rendering may use up. A template comes with a model from anywhere: each loop, comparison
// and text it makes is charged to the account of its thread, which ends it with an error.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

namespace loom::jinja {

// A template that goes wrong stops with this; it never leaves chat_template.cpp.
struct TemplateError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline constexpr size_t kMostSteps = 4'000'000;
inline constexpr size_t kMostOutput = 64u << 20;  // bytes of one text
inline constexpr size_t kMostText = 256u << 20;   // bytes of all texts together
inline constexpr int kDeepestValue = 200;         // lists within lists

// Opens a new account: at the begin of reading and of rendering.
void begin_account();
void spend(size_t steps);
void spend_text(size_t bytes);
void check_length(size_t bytes);
// Looking through a text for another one, which may take the product of their lengths.
void spend_search(size_t text, size_t wanted);
// By measure, since what one level of a template takes depends on the build.
void check_stack();

// Appends to a text that is being made.
inline void append(std::string& out, const std::string& part) {
  check_length(out.size() + part.size());
  out += part;
}
inline void append(std::string& out, size_t count, const std::string& part) {
  if (part.empty() || count == 0) return;
  if (count > kMostOutput / part.size()) throw TemplateError("a text is too long");
  check_length(out.size() + count * part.size());
  for (size_t i = 0; i < count; ++i) out += part;
}

}  // namespace loom::jinja
