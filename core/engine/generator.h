// Answers a batch of requests with one model: orders them so that what shares a prefix follows each
// other, computes each prefix once, decodes several answers together.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>

#include "core/base/cache_budget.h"
#include "core/base/likelihood.h"
#include "core/engine/memory_ladder.h"

namespace loom {

struct GeneratorLimits {
  size_t batch = kAnswersDecodedTogether;
  size_t memory_bytes = 0;       // at most for caches; 0: half of what is free at the start
  size_t window_tokens = 0;      // 0: the model's own
  bool several_ends = false;     // the model's own configuration names more than one end token
  std::function<Status()> check_weights;  // asked once logits are not finite: names the cause
};

class Generator {
 public:
  // Without a tokenizer answers have ids only and stop strings are refused.
  Generator(const CausalModel& model, std::shared_ptr<const Tokenizer> tokenizer,
            std::vector<TokenId> end_tokens, GeneratorLimits limits);
  Status generate(std::span<const GenerationRequest> requests, const GenerationObserver& observer,
                  std::stop_token stop);
  // Log probabilities of continuations. A prompt is computed as generate() does it, its
  // continuation behind it in chunks that end where pages do: the sums never depend on what was
  // cached, on the other requests or on their order.
  Status likelihoods(std::span<const LikelihoodRequest> requests,
                     const LikelihoodFinished& finished, std::stop_token stop);
  // Logits of the last position or of all, fp32 [n, vocabulary]; by the same chunks as generate().
  Result<at::Tensor> logits(std::span<const TokenId> ids, bool all, std::stop_token stop);
  PrefixTree& prefixes() { return prefixes_; }

 private:
  // The requests of one generate() call: those to come, in the order that shares most, and those
  // that are prefilled and wait to be decoded together.
  struct Work {
    std::deque<std::unique_ptr<Answer>> to_come;
    std::vector<std::unique_ptr<Answer>> batch;
    MemoryLadder ladder;
    CacheBudget budget;
  };
  struct Filled {  // what the model remembers of a prompt, and what that took
    KvSequence state;
    at::Tensor logits;  // behind the last token, [1, vocabulary]
    size_t tokens_reused = 0;
    double reused_s = 0, new_s = 0;
  };
  // `total_tokens`: of the text that the prompt begins. Some rotary scalings depend on it.
  Result<Filled> fill(const PrefixTree::Wanted& path, size_t context_end, size_t total_tokens,
                      const std::function<void(size_t done)>& progress, std::stop_token stop);
  Result<double> log_probability(const Filled& prompt, const LikelihoodRequest& request,
                                 std::stop_token stop) const;
  // Where memory does not suffice all prefixes are dropped, then the request fails by itself.
  Status likelihood(const LikelihoodRequest& request, std::optional<Filled>& prompt,
                    Likelihood& result, std::stop_token stop);
  Status check(const LikelihoodRequest& request) const;
  Status check_ids(std::span<const TokenId> ids) const;
  Work prepare(std::span<const GenerationRequest> requests, const GenerationObserver& observer);
  Status prefill(Answer& answer, const GenerationObserver& observer, std::stop_token stop);
  // Where memory does not suffice, what is given up step by step is told to the observer; an answer
  // for which nothing is left fails by itself.
  Status prefill_on_ladder(Answer& answer, Work& work, const GenerationObserver& observer, std::stop_token stop);
  Status decode(Work& work, const GenerationObserver& observer, std::stop_token stop);
  void start_anew(Work& work, const GenerationObserver& observer);
  std::vector<PrefixTree::Wanted> wanted(const Answer& answer, const Work& work) const;
  PrefixTree::Wanted path_of(const GenerationRequest& request) const;
  size_t page_growth(const std::vector<std::unique_ptr<Answer>>& batch) const;
  at::Tensor step(std::vector<std::unique_ptr<Answer>>& batch);
  at::Tensor prefill_anew(std::span<const TokenId> ids, KvSequence& state);
  void accept(Answer& answer, std::span<const float> logits, const GenerationObserver& observer);
  void finish(Answer& answer, FinishReason reason, const GenerationObserver& observer);
  void fail(Answer& answer, Error error, const GenerationObserver& observer);
  Status check(const GenerationRequest& request) const;
  size_t window() const;
  // NaN or infinite logits end a request: whatever was chosen from them would look like an answer.
  Status check_finite(std::span<const float> logits) const;
  // What prefixes and answers may take where the longest text has so many tokens.
  CacheBudget share_memory(size_t longest_tokens) const;
  bool next_joins(const Work& work, uint64_t held) const;

  const CausalModel& model_;
  std::shared_ptr<const Tokenizer> tokenizer_;
  std::vector<TokenId> end_tokens_;
  GeneratorLimits limits_;
  PrefixTree prefixes_;
};

}  // namespace loom
