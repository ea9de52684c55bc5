#include "core/execution/answer_costs.h"

#include <algorithm>

#include "core/base/cache_budget.h"
#include "core/base/shared_prefix.h"

namespace loom {
std::vector<PlannedPrompt> in_engine_order(std::vector<Prompt> prompts,
                                           std::vector<std::vector<size_t>> references) {
  references.resize(prompts.size());
  std::vector<size_t> order;
  for (size_t i = 0; i < prompts.size(); ++i)
    if (!prompts[i].ids.empty()) order.push_back(i);
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return prompts[a].ids < prompts[b].ids; });
  std::vector<PlannedPrompt> planned;
  PromptTokens before;
  for (size_t i : order) {
    const PromptTokens prompt{prompts[i].ids, prompts[i].context_end};
    planned.push_back({prompt.ids.size(), shared_prefix(before, prompt, kPageTokens),
                       prompt.context_end, shared_prefix(prompt, prompt, kPageTokens),
                       std::move(references[i])});
    before = prompt;
  }
  return planned;
}

namespace {

// Of what one prompt adds: whole pages, a copy of the page in which its own part begins, and of the
// page in which its document ends, for others.
uint64_t added_bytes(const PlannedPrompt& prompt, size_t answer, const LocalModel& model) {
  const uint64_t own =
      kv_bytes(model, prompt.tokens + answer - prompt.reused / kPageTokens * kPageTokens);
  const bool ends_inside = prompt.reused < prompt.document && prompt.document % kPageTokens != 0;
  return ends_inside ? own + kv_bytes(model, 1) : own;
}

// Behind the longest prefix that is kept of a prompt: its last tokens and the answer.
uint64_t tail_bytes(const PlannedPrompt& prompt, size_t answer, const LocalModel& model) {
  return kv_bytes(model, prompt.tokens + answer - prompt.again / kPageTokens * kPageTokens);
}

// Answers that are decoded together.
struct Batch {
  size_t answers = 0;
  uint64_t held = 0, bytes = 0, tails = 0;  // of keys and values
  double depth = 0;                         // tokens behind the answers, those they share once

  void add(const PlannedPrompt& prompt, size_t answer, const LocalModel& model) {
    const PlannedPrompt whole{prompt.tokens, 0, prompt.document};
    bytes += added_bytes(answers == 0 ? whole : prompt, answer, model);
    depth += static_cast<double>(answers == 0 ? prompt.tokens : prompt.tokens - prompt.reused);
    held += kv_bytes(model, prompt.tokens - prompt.reused);
    tails += tail_bytes(prompt, answer, model);
    ++answers;
  }
};

}  // namespace

AnswerCosts answer_costs(const std::vector<PlannedPrompt>& prompts, double answer_tokens,
                         const LocalModel& model, const MachineRate& rate) {
  AnswerCosts costs;
  const auto answer = static_cast<size_t>(answer_tokens);
  for (const PlannedPrompt& prompt : prompts)
    costs.longest = std::max(costs.longest, prompt.tokens + answer);
  const CacheBudget budget = cache_budget(kv_bytes(model, costs.longest), model.held_bytes());
  Batch batch;
  auto decode = [&] {
    if (batch.answers == 0) return;
    const auto together = static_cast<double>(batch.answers);
    costs.decode_s +=
        answer_tokens * step_seconds(rate, together, batch.depth + together * answer_tokens / 2);
    costs.kv_together = std::max(costs.kv_together,
                                 batch.bytes + static_cast<uint64_t>(together * rate.state_bytes));
    costs.kv_tails = std::max(costs.kv_tails, batch.tails);
    batch = {};
  };
  for (const PlannedPrompt& prompt : prompts) {
    costs.prefill_s += prefill_seconds(rate, prompt.reused, prompt.tokens);
    const size_t cuts = prompt.tokens / kPageTokens - prompt.reused / kPageTokens + 1;
    costs.kv_all += added_bytes(prompt, answer, model) +
                    static_cast<uint64_t>(static_cast<double>(cuts) * rate.state_bytes);
    const uint64_t own = kv_bytes(model, prompt.tokens - prompt.reused);
    if (batch.answers >= kAnswersDecodedTogether || !joins_answers(budget, batch.held, own))
      decode();
    batch.add(prompt, answer, model);
  }
  decode();
  return costs;
}

}  // namespace loom
