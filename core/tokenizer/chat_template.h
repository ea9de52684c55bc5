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

// The template a model carries (GGUF metadata, chat_template.jinja and additional_chat_templates,
// tokenizer_config.json) with the special tokens it may refer to.
struct ModelChatFormat {
  ChatTemplate chat;
  std::string bos_token, eos_token;
  TemplateValues special_tokens = TemplateValues::object();  // "pad_token" and others by name
  std::optional<ChatTemplate> tool_use = {};  // of models with one of its own for tools
};
// nullopt when the model has none: it then gets the raw prompt. Several, none of which is the
// default, are an error that names them.
Result<std::optional<ModelChatFormat>> load_chat_format(const std::filesystem::path& model_path);
// A template of the user's own with the model's special tokens.
Result<ModelChatFormat> chat_format_with(ChatTemplate chosen,
                                         const std::filesystem::path& model_path);

// As transformers' apply_chat_template: where the values do not say otherwise, the model's special
// tokens, no tools, no documents and no generation prompt; the template for tools where tools are
// given.
Result<std::string> render_chat(const ModelChatFormat& format, TemplateValues values,
                                const std::string& now = "");
// One user turn with the assistant's header appended; "" system means no system turn is given.
Result<std::string> render_user_turn(const ModelChatFormat& format, const std::string& user,
                                     const std::string& system = "");

}  // namespace loom
