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

Result<ModelText> load_model_text(const PlanModel& model, const std::filesystem::path& path) {
  ModelText text;
  LOOM_TRY(text.tokenizer, load_tokenizer(path));
  if (model.chat_template == "none") {
    text.note = "The plan asks for raw prompts: no chat template is applied";
    return text;
  }
  LOOM_TRY(text.chat, load_chat_format(path));
  if (model.chat_template != "auto") {
    LOOM_TRY(std::string source, read_file(model.chat_template, 1 << 20));
    LOOM_TRY(ChatTemplate chosen, ChatTemplate::parse(std::move(source)));
    std::string bos = text.chat ? text.chat->bos_token : "";
    std::string eos = text.chat ? text.chat->eos_token : "";
    text.chat = ModelChatFormat{std::move(chosen), bos, eos};
    text.note = "Chat template from " + model.chat_template;
  } else if (!text.chat) {
    text.note = "The model has no chat template: it gets the raw prompt";
  }
  return text;
}

}  // namespace loom
