// What a job's answers take, at this machine's rates: the engine's order, sharing and batches,
// without the engine.
#pragma once

#include <vector>

#include "core/catalog/local_models.h"
#include "core/evaluation/sample.h"
#include "core/execution/machine_rate.h"

namespace loom {

struct PlannedPrompt {
  size_t tokens = 0;
  size_t reused = 0;    // leading tokens that an earlier prompt has computed
  size_t document = 0;  // tokens of the document that others may share; 0: none
  size_t again = 0;     // leading tokens that are known when the same prompt comes once more
  std::vector<size_t> references = {};  // tokens of each that the model reads behind the prompt
};

// In the order in which the engine answers them. `references`: of each prompt, where the model
// reads them.
std::vector<PlannedPrompt> in_engine_order(std::vector<Prompt> prompts,
                                           std::vector<std::vector<size_t>> references = {});

struct AnswerCosts {
  double prefill_s = 0, decode_s = 0;
  uint64_t kv_together = 0;  // bytes of keys, values and states of the largest batch
  uint64_t kv_tails = 0;     // of keys and values of a batch that no kept prefix holds, at most
  uint64_t kv_all = 0;       // of all prompts, were none forgotten
  size_t longest = 0;        // tokens of a prompt with its answer
};
// answer_tokens: the length of every answer.
AnswerCosts answer_costs(const std::vector<PlannedPrompt>& prompts, double answer_tokens,
                         const LocalModel& model, const MachineRate& rate);

}  // namespace loom
