// Answers a batch of requests with one model: orders them so that what shares a prefix follows each
// other, computes each prefix once, decodes several answers together.
#pragma once

#include <span>
#include <stop_token>

#include "core/base/cache_budget.h"
#include "core/engine/causal_model.h"
#include "core/engine/prefix_tree.h"
#include "core/tokenizer/tokenizer.h"

namespace loom {

struct GeneratorLimits {
  size_t batch = kAnswersDecodedTogether;
  size_t memory_bytes = 0;       // at most for caches; 0: half of what is free at the start
  size_t window_tokens = 0;      // 0: the model's own
};

class Generator {
 public:
  // Without a tokenizer answers have ids only and stop strings are refused.
  Generator(const CausalModel& model, std::shared_ptr<const Tokenizer> tokenizer,
            std::vector<TokenId> end_tokens, GeneratorLimits limits);
  Status generate(std::span<const GenerationRequest> requests, const GenerationObserver& observer,
                  std::stop_token stop);
  // Logits of the last position or of all, fp32 [n, vocabulary]; by the same chunks as generate().
  Result<at::Tensor> logits(std::span<const TokenId> ids, bool all, std::stop_token stop);
  PrefixTree& prefixes() { return prefixes_; }
  size_t cache_bytes(size_t tokens) const;  // of keys and values, and of states

 private:
  struct Answer;
  Status prefill(Answer& answer, const GenerationObserver& observer, std::stop_token stop);
  Status prefill_with_ladder(Answer& answer, const GenerationObserver& observer, std::stop_token stop);
  Status decode(std::vector<std::unique_ptr<Answer>>& batch, const GenerationObserver& observer, std::stop_token stop);
  at::Tensor step(std::vector<std::unique_ptr<Answer>>& batch);
  at::Tensor prefill_anew(std::span<const TokenId> ids, KvSequence& state);
  void accept(Answer& answer, std::span<const float> logits, const GenerationObserver& observer);
  void finish(Answer& answer, FinishReason reason, const GenerationObserver& observer);
  Status check(const GenerationRequest& request) const;
  size_t window() const;
  // Sets what prefixes and answers may take for these requests; returns the answers' part.
  size_t share_memory(std::span<const GenerationRequest> requests);

  const CausalModel& model_;
  std::shared_ptr<const Tokenizer> tokenizer_;
  std::vector<TokenId> end_tokens_;
  GeneratorLimits limits_;
  PrefixTree prefixes_;
};

}  // namespace loom
