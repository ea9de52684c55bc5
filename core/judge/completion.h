// The words of the chat completions protocol: a request, an answer, a refusal.
#pragma once

#include "core/judge/judge_model.h"

namespace loom {

std::string completion_request(const std::string& model, std::span<const ChatMessage> messages,
                               int max_tokens);
// Hostile or broken bodies are an Error; `where` names the server. An answer without words, as a
// refusing model gives it, is an empty text.
Result<JudgeAnswer> read_completion(const std::string& body, const std::string& where);

// What a server says of a refusal, for people: one line, bounded; `code` is for programs.
struct Refusal {
  std::string message, code;
};
Refusal read_refusal(const std::string& body);

}  // namespace loom
