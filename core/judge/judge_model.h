// Whoever judges: a local engine or a chat endpoint. Always greedily, so the same question has the
// same answer as far as the model allows.
#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace loom {

struct ChatMessage {
  std::string role;  // "system", "user", "assistant"
  std::string content;
};

struct TokenUsage {
  uint64_t prompt = 0, completion = 0;
  uint64_t unknown = 0;  // answers whose tokens the judge did not tell
  void add(const TokenUsage& other) {
    prompt += other.prompt;
    completion += other.completion;
    unknown += other.unknown;
  }
};

struct JudgeAnswer {
  std::string text;
  TokenUsage usage;
};

class JudgeModel {
 public:
  virtual ~JudgeModel() = default;
  virtual std::string name() const = 0;  // shown and stored
  // What makes two answers comparable: weights and template, or address and model. Holds no key.
  virtual std::string identity() const = 0;
  // How many questions may be asked at once, from as many threads.
  virtual size_t parallel() const { return 1; }
  // ErrorKind::invalid_input concerns this question alone; other errors the judge as a whole.
  virtual Result<JudgeAnswer> answer(std::span<const ChatMessage> messages, int max_tokens,
                                     std::stop_token stop) = 0;
};

}  // namespace loom
