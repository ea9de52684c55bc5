#include "core/judge/local_judge.h"

#include <filesystem>
#include <set>

namespace loom {
namespace {

bool is_special(const Tokenizer& tokenizer, TokenId id) {
  return tokenizer.decode({&id, 1}, true).empty() && !tokenizer.decode({&id, 1}, false).empty();
}

// A tokenizer recognises "<|im_end|>" wherever it is written, so an answer could end its own turn
// and speak as someone else. A space breaks such spellings.
std::string without_special_tokens(const Tokenizer& tokenizer, std::string text) {
  constexpr int kMostPasses = 8;
  for (int pass = 0; pass < kMostPasses; ++pass) {
    std::set<std::string> spellings;
    for (const TokenId id : tokenizer.encode(text))
      if (is_special(tokenizer, id)) spellings.insert(tokenizer.token_text(id));
    bool changed = false;
    for (const std::string& spelling : spellings)
      for (size_t at = 0;
           spelling.size() > 1 && (at = text.find(spelling, at)) != std::string::npos;
           at += spelling.size() + 1) {
        text.insert(at + 1, " ");
        changed = true;
      }
    if (!changed) break;
  }
  return text;
}

Error too_long(size_t tokens, size_t window) {
  return {ErrorKind::invalid_input,
          "the question has " + std::to_string(tokens) + " tokens, the judge's window holds " +
              std::to_string(window),
          "judge", "Use a judge with a longer window"};
}

// Templates that know no system turn get its text before the first user's.
TemplateValues turns(std::span<const ChatMessage> messages, bool with_system) {
  TemplateValues list = TemplateValues::array();
  std::string before;
  for (const ChatMessage& message : messages) {
    if (message.role == "system" && !with_system) {
      before = message.content + "\n\n";
      continue;
    }
    list.push_back({{"role", message.role}, {"content", before + message.content}});
    before.clear();
  }
  return list;
}

std::string raw_text(std::span<const ChatMessage> messages) {
  std::string text;
  for (const ChatMessage& message : messages) text += message.content + "\n\n";
  return text;
}

}  // namespace

Result<std::unique_ptr<LocalJudge>> LocalJudge::load(std::unique_ptr<ModelServer> server,
                                                     const std::string& model_path,
                                                     const std::string& device,
                                                     std::stop_token stop) {
  std::unique_ptr<LocalJudge> judge(new LocalJudge);
  LOOM_TRY(judge->text_, load_model_text(PlanModel{model_path, ""}, model_path));
  LOOM_TRY(judge->loaded_, server->load({model_path, device, 0}, stop));
  judge->server_ = std::move(server);
  std::filesystem::path path = model_path;
  if (!path.has_filename()) path = path.parent_path();
  judge->name_ = path.extension() == ".gguf" ? path.stem().string() : path.filename().string();
  return judge;
}

std::string LocalJudge::identity() const {
  return "local " + loaded_.weights_hash + ' ' + loaded_.kernel_version + ' ' +
         text_.tokenizer->fingerprint() + ' ' +
         (text_.chat ? text_.chat->chat.fingerprint() : "raw");
}

Result<std::vector<TokenId>> LocalJudge::prompt(std::span<const ChatMessage> messages) const {
  std::vector<ChatMessage> safe(messages.begin(), messages.end());
  for (ChatMessage& message : safe)
    message.content = without_special_tokens(*text_.tokenizer, std::move(message.content));
  if (!text_.chat) return text_.tokenizer->encode_with_special(raw_text(safe));
  TemplateValues values = {{"messages", turns(safe, true)},
                           {"add_generation_prompt", true},
                           {"bos_token", text_.chat->bos_token},
                           {"eos_token", text_.chat->eos_token}};
  if (auto rendered = text_.chat->chat.render(values)) return text_.tokenizer->encode(*rendered);
  values["messages"] = turns(safe, false);
  LOOM_TRY(const std::string rendered, text_.chat->chat.render(values));
  return text_.tokenizer->encode(rendered);
}

Result<JudgeAnswer> LocalJudge::answer(std::span<const ChatMessage> messages, int max_tokens,
                                       std::stop_token stop) {
  GenerationRequest request;
  LOOM_TRY(request.ids, prompt(messages));
  request.max_new_tokens = max_tokens;
  const size_t needed = request.ids.size() + static_cast<size_t>(max_tokens);
  if (loaded_.window_tokens > 0 && needed > loaded_.window_tokens)
    return too_long(needed, loaded_.window_tokens);
  Result<GenerationResult> result =
      Error{ErrorKind::server, "the engine did not answer", "judge", ""};
  GenerationObserver observer;
  observer.finished = [&result](uint64_t, Result<GenerationResult> finished) {
    result = std::move(finished);
  };
  LOOM_CHECK(server_->generate({&request, 1}, observer, stop));
  if (!result) return result.error();
  return JudgeAnswer{result->text, {request.ids.size(), result->ids.size(), 0}};
}

}  // namespace loom
