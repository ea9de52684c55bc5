// A judge behind an OpenAI-compatible chat completions address. Busy and failing servers are asked
// again; redirects are not followed, so the key goes to the named host only; answers are bounded.
// The key stands in no error, log, identity or answer.
#pragma once

#include <chrono>
#include <memory>

#include "core/judge/judge_model.h"

namespace loom {

struct EndpointSettings {
  std::string base_url;  // "https://api.example.org/v1"
  std::string model;
  std::string key;  // empty: none is sent

  size_t parallel = 4;  // questions asked at once
  int attempts = 5;
  std::chrono::milliseconds first_wait{1000};  // between attempts, doubled each time
  std::chrono::seconds longest_wait{120};      // that a server may ask for
  std::chrono::seconds answer_time{180};       // for one whole exchange
  size_t most_answer_bytes = size_t{4} << 20;
};

class ChatEndpoint : public JudgeModel {
 public:
  // The address, name and key are checked; nothing is asked yet.
  static Result<std::unique_ptr<ChatEndpoint>> create(EndpointSettings settings);
  std::string name() const override { return settings_.model; }
  std::string identity() const override;
  size_t parallel() const override { return settings_.parallel; }
  Result<JudgeAnswer> answer(std::span<const ChatMessage> messages, int max_tokens,
                             std::stop_token stop) override;
  // The key would cross the network unencrypted.
  bool sends_key_in_the_clear() const;

 private:
  struct Attempt;
  ChatEndpoint(EndpointSettings settings, std::string url)
      : settings_(std::move(settings)), url_(std::move(url)) {}
  Attempt attempt(const std::string& content, std::stop_token stop) const;
  std::string without_key(std::string text) const;

  EndpointSettings settings_;
  std::string url_;  // of the completions
};

}  // namespace loom
