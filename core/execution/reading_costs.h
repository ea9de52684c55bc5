// What it takes the tested model to read the references behind its prompts, for perplexity: one
// prefill of each prompt, and one of each reference behind it.
#pragma once

#include "core/execution/answer_costs.h"

namespace loom {

struct ReadingCosts {
  size_t passes = 0;   // one for each reference
  size_t tokens = 0;   // of references
  double seconds = 0;  // for prompts and references
  size_t longest = 0;  // tokens of a prompt with a reference
  // For what the answers then need of the prompts: their last tokens where the engine's cache holds
  // a batch of them, else all of them once more.
  double prefill_left_s = 0;
};
ReadingCosts reading_costs(const std::vector<PlannedPrompt>& prompts, const LocalModel& model,
                           const MachineRate& rate);

}  // namespace loom
