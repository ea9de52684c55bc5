#include "core/execution/sample_request.h"

#include <algorithm>

#include "core/catalog/rule_sets.h"

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

size_t words_at_once(const Record& record) {
  const auto words = record.metadata.find(kCutWords);
  return words != record.metadata.end() && words->is_number_unsigned() ? words->get<size_t>() : 0;
}

// What the task says where the plan leaves it open. The package loom-scope takes out the middle
// whatever the authors do, but cuts by words as they do.
TruncationRule cut_of(const EvaluationPlan& plan, const TaskDescription& task, size_t words) {
  if (plan.truncation != TruncationRule::benchmark) return plan.truncation;
  return plan.rule_set == kLoomScopeRules && words == 0 ? TruncationRule::middle : task.truncation;
}

}  // namespace

PromptLimits prompt_limits(const EvaluationPlan& plan, const TaskDescription& task,
                           const Record& record, size_t model_window) {
  size_t window = plan.max_length;
  if (window == 0 || (model_window > 0 && model_window < window)) window = model_window;
  const size_t words = words_at_once(record);
  return {window, answer_limit(plan, task, record, window), cut_of(plan, task, words),
          task.chat_template, words};
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
  // Ends that depend on the model's own are not among what loom-scope asks of it.
  const bool ends = plan.rule_set != kLoomScopeRules || !task.end_texts_for_several;
  if (ends) {
    for (const std::string& text : task.end_texts)
      if (const auto ids = tokenizer.encode(text); !ids.empty())
        request.end_tokens.push_back(ids.back());
    request.ends_for_several = task.end_texts_for_several;
  }
  request.min_new_tokens = task.min_new_tokens;
  return request;
}

}  // namespace loom
