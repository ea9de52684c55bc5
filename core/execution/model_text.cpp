#include "core/execution/model_text.h"

#include "core/base/text_file.h"

namespace loom {

Result<std::string> ModelText::wrap(const std::string& user, const std::string& answer_prefix,
                                    bool with_chat, const std::string& system) const {
  const std::string joined = system.empty() ? user : system + "\n\n" + user;
  if (!chat_used(with_chat)) return joined + answer_prefix;
  if (!system.empty())
    if (auto text = render_user_turn(*chat, user, system)) return *text + answer_prefix;
  LOOM_TRY(std::string text, render_user_turn(*chat, joined));
  return text + answer_prefix;
}

std::vector<TokenId> ModelText::encode(const std::string& text, bool with_chat) const {
  return chat_used(with_chat) ? tokenizer->encode(text) : tokenizer->encode_with_special(text);
}

Result<ChatTemplate> read_chat_template(const std::string& file) {
  auto wrong = [&file](const Error& error) {
    return Error{error.kind, "the chat template " + file + " " + error.message, "chat_template",
                 "auto is the model's own, none sends prompts as they are; else a file with Jinja"};
  };
  auto source = read_file(file, 1 << 20);
  if (!source) return wrong(source.error());
  auto chat = ChatTemplate::parse(std::move(*source));
  if (!chat) return wrong(chat.error());
  return chat;
}

Result<ModelText> load_model_text(const PlanModel& model, const std::filesystem::path& path) {
  ModelText text;
  LOOM_TRY(text.tokenizer, load_tokenizer(path));
  if (model.chat_template == "none") {
    text.note = "The plan asks for raw prompts: no chat template is applied";
    return text;
  }
  if (model.chat_template != "auto") {
    LOOM_TRY(ChatTemplate chosen, read_chat_template(model.chat_template));
    LOOM_TRY(text.chat, chat_format_with(std::move(chosen), path));
    text.note = "Chat template from " + model.chat_template;
    return text;
  }
  LOOM_TRY(text.chat, load_chat_format(path));
  if (!text.chat) text.note = "The model has no chat template: it gets the raw prompt";
  return text;
}

}  // namespace loom
