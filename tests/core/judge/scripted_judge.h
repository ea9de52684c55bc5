// A judge that answers by a rule of the test and remembers what it was asked.
#pragma once

#include <functional>
#include <mutex>

#include "core/judge/judge_model.h"

namespace loom::testing {

// What a rule returns: words or an Error.
struct Said : Result<std::string> {
  Said(const char* words) : Result(std::string(words)) {}
  Said(std::string words) : Result(std::move(words)) {}
  Said(Error error) : Result(std::move(error)) {}
};

class ScriptedJudge : public JudgeModel {
 public:
  using Rule = std::function<Said(std::span<const ChatMessage> messages)>;
  explicit ScriptedJudge(Rule rule, std::string name = "script")
      : rule_(std::move(rule)), name_(std::move(name)) {}
  std::string name() const override { return name_; }
  std::string identity() const override { return "scripted " + name_; }
  size_t parallel() const override { return at_once; }
  Result<JudgeAnswer> answer(std::span<const ChatMessage> messages, int, std::stop_token) override {
    {
      std::lock_guard lock(mutex_);
      asked.emplace_back(messages.begin(), messages.end());
    }
    Said said = rule_(messages);
    if (!said) return said.error();
    return JudgeAnswer{std::move(*said), {10, 2, 0}};
  }

  std::vector<std::vector<ChatMessage>> asked;
  size_t at_once = 1;

 private:
  std::mutex mutex_;
  Rule rule_;
  std::string name_;
};

// What stands between <tag> and </tag> of the last message.
inline std::string tagged(std::span<const ChatMessage> messages, const std::string& tag) {
  for (const ChatMessage& message : messages) {
    const std::string open = "<" + tag + ">\n", close = "\n</" + tag + ">";
    const size_t from = message.content.find(open);
    if (from == std::string::npos) continue;
    const size_t begin = from + open.size();
    return message.content.substr(begin, message.content.find(close, begin) - begin);
  }
  return "";
}

}  // namespace loom::testing
