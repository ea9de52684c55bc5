#include "core/execution/sample_request.h"

#include <algorithm>

namespace loom {
namespace {

int answer_limit(const EvaluationPlan& plan, const TaskDescription& task, const Record& record,
                 size_t window) {
  int limit = record.max_new_tokens.value_or(task.max_new_tokens);
  const auto rule = task.rules.find(plan.rule_set);
  if (rule != task.rules.end() && rule->second.max_new_tokens > 0)
    limit = rule->second.max_new_tokens;
  if (window > 0 && limit > 0 && static_cast<size_t>(limit) > window / 2)
    limit = static_cast<int>(window / 2);
  return limit;
}

}  // namespace

PromptLimits prompt_limits(const EvaluationPlan& plan, const TaskDescription& task,
                           const Record& record, size_t model_window) {
  size_t window = plan.max_length;
  if (window == 0 || (model_window > 0 && model_window < window)) window = model_window;
  const bool open = plan.truncation == TruncationRule::benchmark;
  return {window, answer_limit(plan, task, record, window),
          open ? task.truncation : plan.truncation, task.chat_template};
}

GenerationRequest sample_request(const EvaluationPlan& plan, const TaskDescription& task,
                                 uint64_t index, const Prompt& prompt, int max_new_tokens,
                                 const Tokenizer& tokenizer) {
  GenerationRequest request;
  request.id = index;
  request.ids = prompt.ids;
  request.context_end = prompt.context_end;
  request.max_new_tokens = max_new_tokens;
  request.stop = task.stop;
  request.decoding = plan.decoding;
  request.decoding.seed = plan.decoding.seed + index;
  if (request.decoding.repetition_penalty <= 0)
    request.decoding.repetition_penalty = task.repetition_penalty;
  for (const std::string& text : task.end_texts)
    if (const auto ids = tokenizer.encode(text); !ids.empty())
      request.end_tokens.push_back(ids.back());
  request.ends_for_several = task.end_texts_for_several;
  request.min_new_tokens = task.min_new_tokens;
  return request;
}

}  // namespace loom
