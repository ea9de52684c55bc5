// How a plan's model turns text into ids: its tokenizer and the chat template the plan chose.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "core/evaluation/evaluation_plan.h"
#include "core/tokenizer/chat_template.h"
#include "core/tokenizer/tokenizer.h"

namespace loom {

struct ModelText {
  std::shared_ptr<const Tokenizer> tokenizer;
  std::optional<ModelChatFormat> chat;  // none: prompts are sent raw
  std::string note;                     // said in the run when the template is not the usual one

  // The whole prompt: wrapper, system turn where one is given, user's turn, and the answer prefix
  // that begins the assistant's. Without a template, or where it refuses a system turn, the system
  // text stands before the user's.
  Result<std::string> wrap(const std::string& user, const std::string& answer_prefix,
                           bool with_chat, const std::string& system = "") const;
  // With the ids the model gets. A raw prompt gets what the tokenizer itself adds; a chat template
  // spells its special tokens out.
  std::vector<TokenId> encode(const std::string& text, bool with_chat) const;
  bool chat_used(bool with_chat) const { return with_chat && chat.has_value(); }
};

// A plan's own template; the Error names the field of the plan.
Result<ChatTemplate> read_chat_template(const std::string& file);
Result<ModelText> load_model_text(const PlanModel& model, const std::filesystem::path& path);

}  // namespace loom
