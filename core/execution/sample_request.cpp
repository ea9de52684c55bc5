#include "core/execution/sample_request.h"

#include <algorithm>

namespace loom {

PromptLimits prompt_limits(const EvaluationPlan& plan, const TaskDescription& task,
                           const Record& record, size_t model_window) {
  size_t window = plan.max_length;
  if (window == 0 || (model_window > 0 && model_window < window)) window = model_window;
  return {window, record.max_new_tokens.value_or(task.max_new_tokens), plan.truncation,
          task.chat_template};
}

GenerationRequest sample_request(const EvaluationPlan& plan, const TaskDescription& task,
                                 uint64_t index, const Prompt& prompt, int max_new_tokens) {
  GenerationRequest request;
  request.id = index;
  request.ids = prompt.ids;
  request.context_end = prompt.context_end;
  request.max_new_tokens = max_new_tokens;
  request.stop = task.stop;
  request.decoding = plan.decoding;
  request.decoding.seed = plan.decoding.seed + index;
  return request;
}

}  // namespace loom
