#include "core/execution/reading_costs.h"

#include <algorithm>

#include "core/base/cache_budget.h"

namespace loom {
namespace {

// As many prompts as a job builds before it asks for them.
constexpr size_t kReadTogether = 256;

bool are_kept(const std::vector<PlannedPrompt>& prompts, const LocalModel& model) {
  uint64_t held = 0, longest = 0;
  for (size_t i = 0; i < std::min(prompts.size(), kReadTogether); ++i) {
    const size_t shared = prompts[i].reused / kPageTokens * kPageTokens;
    held += kv_bytes(model, prompts[i].tokens - shared);
    longest = std::max(longest, kv_bytes(model, prompts[i].tokens));
  }
  return held <= cache_budget(longest, model.held_bytes()).prefixes;
}

}  // namespace

ReadingCosts reading_costs(const std::vector<PlannedPrompt>& prompts, const LocalModel& model,
                           const MachineRate& rate) {
  ReadingCosts costs;
  const bool kept = are_kept(prompts, model);
  for (const PlannedPrompt& prompt : prompts) {
    if (prompt.references.empty()) continue;
    costs.seconds += prefill_seconds(rate, prompt.reused, prompt.tokens);
    for (size_t tokens : prompt.references) {
      if (tokens == 0) continue;
      ++costs.passes;
      costs.tokens += tokens;
      costs.longest = std::max(costs.longest, prompt.tokens + tokens);
      // The last token is looked up and never read. The logits of every token are wanted, which is
      // much of what one more answer costs in a step.
      costs.seconds += prefill_seconds(rate, prompt.tokens, prompt.tokens + tokens - 1) +
                       static_cast<double>(tokens) * rate.answer_s;
    }
    const size_t known = kept ? std::max(prompt.reused, prompt.again) : prompt.reused;
    costs.prefill_left_s += prefill_seconds(rate, known, prompt.tokens);
  }
  return costs;
}

}  // namespace loom
