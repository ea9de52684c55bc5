// A model's own chat template, rendered by our Jinja interpreter as transformers renders it
// (trim_blocks, lstrip_blocks, loop controls). A template can touch nothing but its values;
// recursion, loops and output are bounded.
#pragma once

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "core/base/result.h"

namespace loom {

// Object order is kept: templates iterate over it and tojson prints it.
using TemplateValues = nlohmann::ordered_json;

class ChatTemplate {
 public:
  static Result<ChatTemplate> parse(std::string source);
  // `now` is ISO 8601 local time for strftime_now; empty uses the clock.
  Result<std::string> render(const TemplateValues& values, const std::string& now = "") const;
  const std::string& source() const { return source_; }
  std::string fingerprint() const;

 private:
  struct Program;
  std::string source_;
  std::shared_ptr<const Program> program_;
};

// The template a model carries (GGUF metadata, chat_template.jinja, tokenizer_config.json) with the
// bos/eos texts it refers to; nullopt when the model has none: it then gets the raw prompt.
struct ModelChatFormat {
  ChatTemplate chat;
  std::string bos_token, eos_token;
};
Result<std::optional<ModelChatFormat>> load_chat_format(const std::filesystem::path& model_path);

// One user turn with the assistant's header appended; "" system means no system turn is given.
Result<std::string> render_user_turn(const ModelChatFormat& format, const std::string& user,
                                     const std::string& system = "");

}  // namespace loom
