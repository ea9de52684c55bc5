// A model in the local engine as judge, asked through its own chat template.
#pragma once

#include <memory>

#include "core/execution/model_text.h"
#include "core/judge/judge_model.h"
#include "core/servers/model_server.h"

namespace loom {

class LocalJudge : public JudgeModel {
 public:
  static Result<std::unique_ptr<LocalJudge>> load(std::unique_ptr<ModelServer> server,
                                                  const std::string& model_path,
                                                  const std::string& device, std::stop_token stop);
  std::string name() const override { return name_; }
  std::string identity() const override;
  // A question longer than the window is refused, not cut: a judge that saw half an answer would
  // grade something else.
  Result<JudgeAnswer> answer(std::span<const ChatMessage> messages, int max_tokens,
                             std::stop_token stop) override;

 private:
  LocalJudge() = default;
  Result<std::vector<TokenId>> prompt(std::span<const ChatMessage> messages) const;

  std::unique_ptr<ModelServer> server_;
  std::string name_;
  ModelText text_;
  LoadedModel loaded_;
};

}  // namespace loom
