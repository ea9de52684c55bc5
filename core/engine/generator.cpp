#include "core/engine/generator.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>
#include <c10/core/InferenceMode.h>
#include <c10/util/Exception.h>

#include <algorithm>
#include <chrono>
#include <new>

#include "core/engine/memory.h"
#include "core/engine/sampler.h"

namespace loom {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

Error stopped() { return {ErrorKind::cancelled, "stopped", "engine", ""}; }

}  // namespace

struct Generator::Answer {
  const GenerationRequest* request;
  KvSequence state;
  Sampler sampler;
  std::optional<StreamDecoder> decoder;
  GenerationResult result;
  at::Tensor last_logits;
  TokenId next = 0;
  bool done = false;
};

Generator::Generator(const CausalModel& model, std::shared_ptr<const Tokenizer> tokenizer,
                     std::vector<TokenId> end_tokens, GeneratorLimits limits)
    : model_(model),
      tokenizer_(std::move(tokenizer)),
      end_tokens_(std::move(end_tokens)),
      limits_(limits),
      prefixes_(0) {
  if (limits_.memory_bytes == 0) limits_.memory_bytes = free_bytes(model_.device()) / 2;
}

size_t Generator::cache_bytes(size_t tokens) const {
  size_t pages = (tokens + kPageTokens - 1) / kPageTokens;
  return pages * model_.shape().kv.page_bytes(model_.device().dtype) + model_.shape().kv.state_bytes();
}

size_t Generator::share_memory(size_t longest) {
  CacheBudget budget = cache_budget(cache_bytes(longest), model_.shape().weight_bytes);
  prefixes_.set_budget(std::min<size_t>(budget.prefixes, limits_.memory_bytes / 2));
  return std::min<size_t>(budget.answers, limits_.memory_bytes / 2);
}

size_t Generator::window() const {
  auto own = static_cast<size_t>(model_.shape().window_tokens);
  return limits_.window_tokens > 0 ? std::min(own, limits_.window_tokens) : own;
}

Status Generator::check(const GenerationRequest& request) const {
  if (request.ids.empty()) return Error{ErrorKind::invalid_input, "the prompt has no tokens", "request", ""};
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

Result<Generator::Filled> Generator::fill(std::span<const TokenId> ids, size_t context_end,
                                          size_t total_tokens,
                                          const std::function<void(size_t)>& progress,
                                          std::stop_token stop) {
  auto cuts = cut_points(ids.size(), context_end, model_.device().chunk_tokens);
  auto start = Clock::now();
  int64_t variant = model_.variant(static_cast<int64_t>(total_tokens));
  PrefixTree::Match match = prefixes_.find(ids, cuts, variant);
  Filled filled{match.state ? *match.state : KvSequence(model_.shape().kv, model_.device()),
                {},
                match.tokens};
  filled.state.set_prompt_tokens(static_cast<int64_t>(total_tokens),
                                 static_cast<int64_t>(context_end));
  filled.reused_s = seconds_since(start);
  start = Clock::now();
  at::Tensor hidden;
  size_t done = match.tokens;
  for (size_t cut : cuts) {
    if (cut <= done) continue;
    if (stop.stop_requested()) return stopped();
    hidden = model_.prefill(ids.subspan(done, cut - done), filled.state);
    done = cut;
    if (cut < ids.size()) prefixes_.store(ids, cut, cuts, filled.state, variant);
    progress(done);
  }
  filled.logits = model_.logits(hidden.narrow(0, hidden.size(0) - 1, 1));
  synchronise(model_.device());
  filled.new_s = seconds_since(start);
  return filled;
}

Status Generator::prefill(Answer& answer, const GenerationObserver& observer,
                          std::stop_token stop) {
  const GenerationRequest& request = *answer.request;
  auto progress = [&](size_t done) { observer.prefilled(request.id, done, request.ids.size()); };
  LOOM_TRY(Filled filled,
           fill(request.ids, request.context_end, request.ids.size(), progress, stop));
  answer.state = std::move(filled.state);
  answer.last_logits = std::move(filled.logits);
  answer.result.tokens_reused = filled.tokens_reused;
  answer.result.tokens_prefilled = request.ids.size() - filled.tokens_reused;
  answer.result.timings.prefill_reused_s = filled.reused_s;
  answer.result.timings.prefill_new_s = filled.new_s;
  return {};
}

Status Generator::with_ladder(size_t tokens, const std::function<void()>& drop,
                              const std::function<void(const std::string&)>& notice,
                              const std::function<Status()>& work) {
  for (bool last : {false, true}) {
    std::string reason;
    try {
      return work();
    } catch (const c10::OutOfMemoryError& error) {
      reason = error.what_without_backtrace();
    } catch (const std::bad_alloc&) {
      reason = "the system refused memory";
    } catch (const c10::Error& error) {
      reason = error.what_without_backtrace();
      if (reason.find("alloc") == std::string::npos)
        return Error{ErrorKind::internal, reason,
                     "prefill of " + std::to_string(tokens) + " tokens", ""};
    }
    drop();
    if (last)
      return Error{ErrorKind::out_of_memory, reason,
                   "a prompt of " + std::to_string(tokens) + " tokens",
                   "Close other programs, or choose a shorter length or a smaller model"};
    prefixes_.clear();
    return_unused_bytes(model_.device());
    notice("Out of memory: cached prefixes were dropped and the sample is tried again");
  }
  return {};
}

Status Generator::prefill_with_ladder(Answer& answer, const GenerationObserver& observer,
                                      std::stop_token stop) {
  return with_ladder(
      answer.request->ids.size(),
      [&] { answer.state = KvSequence(model_.shape().kv, model_.device()); }, observer.notice,
      [&] { return prefill(answer, observer, stop); });
}

void Generator::finish(Answer& answer, FinishReason reason, const GenerationObserver& observer) {
  answer.done = true;
  answer.result.finish_reason = reason;
  if (answer.decoder) answer.result.text += answer.decoder->finish();
  if (reason == FinishReason::stop_string) {
    size_t first = std::string::npos;
    for (const std::string& text : answer.request->stop) first = std::min(first, answer.result.text.find(text));
    if (first != std::string::npos) answer.result.text.resize(first);
  }
  answer.result.peak_memory_bytes = peak_bytes(model_.device());
  observer.finished(answer.request->id, answer.result);
}

void Generator::accept(Answer& answer, std::span<const float> logits, const GenerationObserver& observer) {
  const GenerationRequest& request = *answer.request;
  TokenId id = answer.sampler.choose(logits);
  bool ends = std::find(end_tokens_.begin(), end_tokens_.end(), id) != end_tokens_.end();
  if (ends && !request.ignore_eos) return finish(answer, FinishReason::end_of_text, observer);
  answer.next = id;
  answer.result.ids.push_back(id);
  if (answer.decoder) {
    std::string piece = answer.decoder->push(id);
    size_t before = answer.result.text.size();
    answer.result.text += piece;
    for (const std::string& text : request.stop) {
      size_t from = before >= text.size() ? before - text.size() + 1 : 0;
      if (!text.empty() && answer.result.text.find(text, from) != std::string::npos)
        return finish(answer, FinishReason::stop_string, observer);
    }
    if (!piece.empty()) observer.token(request.id, piece);
  }
  if (answer.result.ids.size() >= static_cast<size_t>(request.max_new_tokens))
    return finish(answer, FinishReason::token_limit, observer);
  if (request.ids.size() + answer.result.ids.size() >= window())
    return finish(answer, FinishReason::window_full, observer);
}

// Logits behind the newest token of each answer, [answers, vocabulary].
at::Tensor Generator::step(std::vector<std::unique_ptr<Answer>>& batch) {
  std::vector<TokenId> ids;
  std::vector<KvSequence*> states;
  std::vector<at::Tensor> rows;
  for (auto& answer : batch) {
    if (model_.restarts_at(answer->state.next_position() + 1)) {
      std::vector<TokenId> all = answer->request->ids;
      all.insert(all.end(), answer->result.ids.begin(), answer->result.ids.end());
      rows.push_back(prefill_anew(all, answer->state));
      continue;
    }
    rows.emplace_back();
    ids.push_back(answer->next);
    states.push_back(&answer->state);
  }
  if (ids.empty()) return at::cat(rows, 0);
  at::Tensor decoded = model_.logits(model_.decode(ids, states));
  if (ids.size() == batch.size()) return decoded;
  int64_t next = 0;
  for (at::Tensor& row : rows)
    if (!row.defined()) row = decoded.narrow(0, next++, 1);
  return at::cat(rows, 0);
}

// Logits of the last of `ids`, computed from their start.
at::Tensor Generator::prefill_anew(std::span<const TokenId> ids, KvSequence& state) {
  state = KvSequence(model_.shape().kv, model_.device());
  state.set_prompt_tokens(static_cast<int64_t>(ids.size()));
  at::Tensor hidden;
  size_t done = 0;
  for (size_t cut : cut_points(ids.size(), 0, model_.device().chunk_tokens)) {
    hidden = model_.prefill(ids.subspan(done, cut - done), state);
    done = cut;
  }
  return model_.logits(hidden.narrow(0, hidden.size(0) - 1, 1));
}

Status Generator::decode(std::vector<std::unique_ptr<Answer>>& batch, const GenerationObserver& observer,
                         std::stop_token stop) {
  for (auto& answer : batch) {
    if (answer->request->max_new_tokens <= 0) {
      finish(*answer, FinishReason::token_limit, observer);
    } else {
      accept(*answer, {answer->last_logits.const_data_ptr<float>(), static_cast<size_t>(answer->last_logits.numel())},
             observer);
    }
    answer->last_logits = at::Tensor();
  }
  for (;;) {
    std::erase_if(batch, [](const auto& answer) { return answer->done; });
    if (batch.empty()) return {};
    if (stop.stop_requested()) return stopped();
    auto start = Clock::now();
    at::Tensor logits = step(batch);
    synchronise(model_.device());
    double share = seconds_since(start) / static_cast<double>(batch.size());
    auto width = static_cast<size_t>(logits.size(1));
    const float* row = logits.const_data_ptr<float>();
    for (size_t i = 0; i < batch.size(); ++i) {
      batch[i]->result.timings.decode_s += share;
      accept(*batch[i], {row + i * width, width}, observer);
    }
  }
}

Status Generator::generate(std::span<const GenerationRequest> requests, const GenerationObserver& observer,
                           std::stop_token stop) {
  c10::InferenceMode inference;
  std::vector<const GenerationRequest*> order;
  for (const GenerationRequest& request : requests) order.push_back(&request);
  // Sorted by ids, requests with a common prefix are neighbours: the tree is walked depth first.
  std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return a->ids < b->ids; });
  std::vector<std::unique_ptr<Answer>> batch;
  size_t longest = 0;
  for (const GenerationRequest& request : requests)
    longest = std::max(
        longest, request.ids.size() + static_cast<size_t>(std::max(request.max_new_tokens, 0)));
  const size_t answers_budget = share_memory(longest);
  size_t held = 0;
  for (size_t i = 0; i < order.size(); ++i) {
    const GenerationRequest& request = *order[i];
    if (stop.stop_requested()) return stopped();
    observer.started(request.id);
    if (Status fine = check(request); !fine) {
      observer.finished(request.id, fine.error());
      continue;
    }
    auto answer = std::make_unique<Answer>(
        Answer{&request, KvSequence(model_.shape().kv, model_.device()), Sampler(request.decoding), {}, {}, {}});
    answer->result.id = request.id;
    if (tokenizer_) answer->decoder.emplace(*tokenizer_);
    reset_peak(model_.device());
    if (Status status = prefill_with_ladder(*answer, observer, stop); !status) {
      if (status.error().kind == ErrorKind::cancelled) return status;
      observer.finished(request.id, status.error());
      continue;
    }
    // What a shared document holds is paid once, by the prompt that computed it.
    held += cache_bytes(answer->result.tokens_prefilled);
    batch.push_back(std::move(answer));
    if (batch.size() < limits_.batch && held < answers_budget && i + 1 < order.size()) continue;
    LOOM_CHECK(decode(batch, observer, stop));
    held = 0;
  }
  return decode(batch, observer, stop);
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
    if (stop.stop_requested()) return stopped();
    at::Tensor hidden = model_.prefill(ids.subspan(done, cut - done), state);
    if (!all && cut == ids.size()) hidden = hidden.narrow(0, hidden.size(0) - 1, 1);
    if (all || cut == ids.size()) rows.push_back(model_.logits(hidden));
    done = cut;
  }
  return rows.size() == 1 ? rows[0] : at::cat(rows, 0);
}

}  // namespace loom
