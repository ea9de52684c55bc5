// What is asked for a sample: one rule for the run, which asks, and for estimate and preview, which
// say beforehand what will be asked. What a plan leaves open its tasks decide.
#pragma once

#include "core/execution/prompt_builder.h"

namespace loom {

// model_window: 0 where the model has none. An answer keeps at most half of the window: limits
// that are longer leave the prompt its half.
PromptLimits prompt_limits(const EvaluationPlan& plan, const TaskDescription& task,
                           const Record& record, size_t model_window);

GenerationRequest sample_request(const EvaluationPlan& plan, const TaskDescription& task,
                                 uint64_t index, const Prompt& prompt, int max_new_tokens,
                                 const Tokenizer& tokenizer);

}  // namespace loom
