#include "core/execution/follow_up.h"

#include <algorithm>

#include "core/benchmarks/slot_text.h"

namespace loom {

Record second_question(const Record& record, const std::string& first_answer) {
  const FollowUp& next = *record.follow_up;
  const Slots answer = {{"answer", first_answer}};
  Record second;
  second.id = record.id;
  second.system = fill(next.system, answer);
  // The shared document is not searched for gaps.
  second.context_end = std::min(next.context_end, next.prompt.size());
  second.prompt = next.prompt.substr(0, second.context_end) +
                  fill(next.prompt.substr(second.context_end), answer);
  second.answer_prefix = fill(next.answer_prefix, answer);
  second.max_new_tokens = next.max_new_tokens;
  return second;
}

void join_answers(const FollowUp& follow_up, const GenerationResult& first,
                  const std::string& second_prompt, Sample& sample, GenerationResult& second) {
  sample.metadata["first_answer"] = first.text;
  sample.metadata["second_prompt"] = second_prompt;
  second.text = fill(follow_up.joined, {{"answer", first.text}, {"second", second.text}});
  second.ids.insert(second.ids.begin(), first.ids.begin(), first.ids.end());
  second.tokens_prefilled += first.tokens_prefilled;
  second.tokens_reused += first.tokens_reused;
  second.timings.tokenise_s += first.timings.tokenise_s;
  second.timings.prefill_new_s += first.timings.prefill_new_s;
  second.timings.prefill_reused_s += first.timings.prefill_reused_s;
  second.timings.decode_s += first.timings.decode_s;
  second.peak_memory_bytes = std::max(second.peak_memory_bytes, first.peak_memory_bytes);
  second.attempt = std::max(second.attempt, first.attempt);
}

}  // namespace loom
