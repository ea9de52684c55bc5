#include "core/tokenizer/chat_template.h"

#include "core/base/hash.h"
#include "core/tokenizer/jinja_interpreter.h"

namespace loom {

struct ChatTemplate::Program {
  jinja::Block block;
};

namespace {
Error wrong(const char* what, const std::string& message) {
  return {ErrorKind::invalid_input, std::string(what) + message, "chat template", ""};
}
}  // namespace

Result<ChatTemplate> ChatTemplate::parse(std::string source) try {
  if (source.size() > 1 << 20) return wrong("the template is longer than 1 MiB", "");
  jinja::begin_account();
  ChatTemplate made;
  auto program = std::make_shared<Program>();
  program->block = jinja::parse(source);
  made.program_ = std::move(program);
  made.source_ = std::move(source);
  return made;
} catch (const std::exception& problem) {
  return wrong("cannot be read: ", problem.what());
}

Result<std::string> ChatTemplate::render(const TemplateValues& values, const std::string& now) const try {
  jinja::begin_account();
  return jinja::render(program_->block, values, now);
} catch (const std::exception& problem) {
  return wrong("cannot be rendered: ", problem.what());
}

std::string ChatTemplate::fingerprint() const { return sha256(source_); }

}  // namespace loom
