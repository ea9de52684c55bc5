#include "core/engine/generator.h"

#include <ATen/ops/cat.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <utility>

#include "core/base/shared_prefix.h"
#include "core/engine/finite.h"
#include "core/engine/memory.h"

namespace loom {

Generator::Generator(const CausalModel& model, std::shared_ptr<const Tokenizer> tokenizer,
                     std::vector<TokenId> end_tokens, GeneratorLimits limits)
    : model_(model),
      tokenizer_(std::move(tokenizer)),
      end_tokens_(std::move(end_tokens)),
      limits_(limits),
      prefixes_(0) {
  if (limits_.memory_bytes == 0) limits_.memory_bytes = free_bytes(model_.device()) / 2;
}

CacheBudget Generator::share_memory(size_t longest) const {
  const CacheBudget budget =
      cache_budget(sequence_bytes(model_, longest), model_.shape().weight_bytes);
  const uint64_t half = limits_.memory_bytes / 2;
  return {std::min(budget.prefixes, half), std::min(budget.answers, half)};
}

size_t Generator::window() const {
  auto own = static_cast<size_t>(model_.shape().window_tokens);
  return limits_.window_tokens > 0 ? std::min(own, limits_.window_tokens) : own;
}

Status Generator::check(const GenerationRequest& request) const {
  if (request.ids.empty())
    return Error{ErrorKind::invalid_input, "the prompt has no tokens", "request", ""};
  if (request.ids.size() >= window())
    return Error{ErrorKind::invalid_input,
                 "the prompt has " + std::to_string(request.ids.size()) + " tokens, the window " +
                     std::to_string(window()),
                 "request", "Shorten the prompt or use a model with a longer window"};
  LOOM_CHECK(check_ids(request.ids));
  if (!request.stop.empty() && !tokenizer_)
    return Error{ErrorKind::unsupported, "stop strings need a tokenizer", "request", ""};
  return {};
}

Status Generator::check_ids(std::span<const TokenId> ids) const {
  for (TokenId id : ids)
    if (id < 0 || id >= model_.shape().vocabulary)
      return Error{ErrorKind::invalid_input,
                   "the token id " + std::to_string(id) + " is not in the vocabulary", "request",
                   "Tokenizer and model do not belong together"};
  return {};
}

Generator::Work Generator::prepare(std::span<const GenerationRequest> requests,
                                   const GenerationObserver& observer) {
  std::vector<const GenerationRequest*> order;
  for (const GenerationRequest& request : requests) order.push_back(&request);
  // Sorted by ids, requests with a common prefix are neighbours: the tree is walked depth first.
  std::stable_sort(order.begin(), order.end(),
                   [](const auto* a, const auto* b) { return a->ids < b->ids; });
  size_t longest = 0;
  for (const GenerationRequest& request : requests)
    longest = std::max(
        longest, request.ids.size() + static_cast<size_t>(std::max(request.max_new_tokens, 0)));
  const CacheBudget budget = share_memory(longest);
  Work work{{}, {}, {model_, prefixes_, observer, limits_.batch, budget.prefixes}, budget};
  for (const GenerationRequest* request : order) {
    auto answer = std::make_unique<Answer>(*request, model_, tokenizer_.get());
    answer->end_tokens = end_tokens_;
    if (!request->ends_for_several || limits_.several_ends)
      answer->end_tokens.insert(answer->end_tokens.end(), request->end_tokens.begin(),
                                request->end_tokens.end());
    work.to_come.push_back(std::move(answer));
  }
  return work;
}

// Whether the next prompt is decoded with the batch, which holds so many bytes.
bool Generator::next_joins(const Work& work, uint64_t held) const {
  const Answer &last = *work.batch.back(), &next = *work.to_come.front();
  if (work.batch.size() >= work.ladder.together() || last.last_chance || next.last_chance)
    return false;
  const GenerationRequest &before = *last.request, &request = *next.request;
  const size_t shared =
      shared_prefix({before.ids, before.context_end}, {request.ids, request.context_end},
                    model_.device().chunk_tokens);
  return joins_answers(work.budget, held, sequence_bytes(model_, request.ids.size() - shared));
}

Status Generator::generate(std::span<const GenerationRequest> requests,
                           const GenerationObserver& observer, std::stop_token stop) {
  c10::InferenceMode inference;
  Work work = prepare(requests, observer);
  size_t held = 0;
  while (!work.to_come.empty() || !work.batch.empty()) {
    if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", "engine", ""};
    if (!work.batch.empty() && (work.to_come.empty() || !next_joins(work, held))) {
      LOOM_CHECK(decode(work, observer, stop));
      continue;
    }
    std::unique_ptr<Answer> answer = std::move(work.to_come.front());
    work.to_come.pop_front();
    const GenerationRequest& request = *answer->request;
    if (!std::exchange(answer->started, true)) observer.started(request.id);
    if (Status fine = check(request); !fine) {
      fail(*answer, fine.error(), observer);
      continue;
    }
    reset_peak(model_.device());
    if (Status status = prefill_on_ladder(*answer, work, observer, stop); !status) {
      if (status.error().kind == ErrorKind::cancelled) return status;
      fail(*answer, status.error(), observer);
      continue;
    }
    if (work.batch.empty()) held = 0;
    // What a shared document holds is paid once, by the prompt that computed it.
    held += sequence_bytes(model_, answer->result.tokens_prefilled);
    work.batch.push_back(std::move(answer));
  }
  return {};
}

Result<at::Tensor> Generator::logits(std::span<const TokenId> ids, bool all, std::stop_token stop) {
  c10::InferenceMode inference;
  GenerationRequest request;
  request.ids.assign(ids.begin(), ids.end());
  LOOM_CHECK(check(request));
  KvSequence state(model_.shape().kv, model_.device());
  state.set_prompt_tokens(static_cast<int64_t>(ids.size()));
  std::vector<at::Tensor> rows;
  size_t done = 0;
  for (size_t cut : cut_points(ids.size(), 0, model_.device().chunk_tokens)) {
    if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", "engine", ""};
    at::Tensor hidden = model_.prefill(ids.subspan(done, cut - done), state);
    if (!all && cut == ids.size()) hidden = hidden.narrow(0, hidden.size(0) - 1, 1);
    if (all || cut == ids.size()) rows.push_back(model_.logits(hidden));
    done = cut;
  }
  at::Tensor values = (rows.size() == 1 ? rows[0] : at::cat(rows, 0)).contiguous();
  LOOM_CHECK(check_finite({values.const_data_ptr<float>(), static_cast<size_t>(values.numel())}));
  return values;
}

}  // namespace loom
