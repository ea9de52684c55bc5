#include "core/engine/generator.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "core/engine/finite.h"
#include "core/engine/memory.h"
#include "core/engine/out_of_memory.h"

namespace loom {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

Error stopped() { return {ErrorKind::cancelled, "stopped", "engine", ""}; }

}  // namespace

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
  const CacheBudget budget = cache_budget(sequence_bytes(model_, longest), model_.shape().weight_bytes);
  const uint64_t half = limits_.memory_bytes / 2;
  return {std::min(budget.prefixes, half), std::min(budget.answers, half)};
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
      return Error{ErrorKind::invalid_input, "the token id " + std::to_string(id) + " is not in the vocabulary",
                   "request", "Tokenizer and model do not belong together"};
  return {};
}

PrefixTree::Wanted Generator::path_of(const GenerationRequest& request) const {
  return {request.ids, cut_points(request.ids.size(), request.context_end, model_.device().chunk_tokens),
          model_.variant(static_cast<int64_t>(request.ids.size()))};
}

Result<Generator::Filled> Generator::fill(const PrefixTree::Wanted& path, size_t context_end, size_t total_tokens,
                                          const std::function<void(size_t)>& progress, std::stop_token stop) {
  const std::span<const TokenId> ids = path.ids;
  auto start = Clock::now();
  PrefixTree::Match match = prefixes_.find(ids, path.cuts, path.variant);
  if (!has_room(model_, sequence_bytes(model_, ids.size()) - sequence_bytes(model_, match.tokens)))
    return Error{ErrorKind::out_of_memory, "its keys and values do not fit into memory", "prefill", ""};
  Filled filled{match.state ? *match.state : KvSequence(model_.shape().kv, model_.device()), {}, match.tokens};
  filled.state.set_prompt_tokens(static_cast<int64_t>(total_tokens), static_cast<int64_t>(context_end));
  filled.reused_s = seconds_since(start);
  start = Clock::now();
  at::Tensor hidden;
  size_t done = match.tokens;
  for (size_t cut : path.cuts) {
    if (cut <= done) continue;
    if (stop.stop_requested()) return stopped();
    hidden = model_.prefill(ids.subspan(done, cut - done), filled.state);
    done = cut;
    if (cut < ids.size()) prefixes_.store(ids, cut, path.cuts, filled.state, path.variant);
    progress(done);
  }
  filled.logits = model_.logits(hidden.narrow(0, hidden.size(0) - 1, 1));
  synchronise(model_.device());
  filled.new_s = seconds_since(start);
  return filled;
}

Status Generator::prefill(Answer& answer, const GenerationObserver& observer, std::stop_token stop) {
  const GenerationRequest& request = *answer.request;
  auto progress = [&](size_t done) { observer.prefilled(request.id, done, request.ids.size()); };
  LOOM_TRY(Filled filled, fill(path_of(request), request.context_end, request.ids.size(), progress, stop));
  answer.state = std::move(filled.state);
  answer.last_logits = std::move(filled.logits);
  answer.result.tokens_reused = filled.tokens_reused;
  answer.result.tokens_prefilled = request.ids.size() - filled.tokens_reused;
  answer.result.timings.prefill_reused_s += filled.reused_s;
  answer.result.timings.prefill_new_s += filled.new_s;
  return {};
}

std::vector<PrefixTree::Wanted> Generator::wanted(const Answer& answer, const Work& work) const {
  std::vector<PrefixTree::Wanted> paths = {path_of(*answer.request)};
  for (const auto& other : work.to_come) paths.push_back(path_of(*other->request));
  return paths;
}

Status Generator::prefill_on_ladder(Answer& answer, Work& work, const GenerationObserver& observer,
                                    std::stop_token stop) {
  const std::string what = "prefill of " + std::to_string(answer.request->ids.size()) + " tokens";
  for (;;) {
    work.ladder.make_room_for(answer);
    Status status = catch_out_of_memory([&] { return prefill(answer, observer, stop); }, what);
    if (status || status.error().kind != ErrorKind::out_of_memory) return status;
    answer.forget(model_, tokenizer_.get());
    if (work.ladder.drop_unshared(answer, wanted(answer, work))) continue;
    if (!work.batch.empty()) {
      work.ladder.decode_fewer(answer, work.batch.size());
      LOOM_CHECK(decode(work, observer, stop));
      continue;
    }
    if (!work.ladder.drop_all(answer)) return work.ladder.failure(answer);
  }
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

void Generator::fail(Answer& answer, Error error, const GenerationObserver& observer) {
  answer.done = true;
  observer.finished(answer.request->id, std::move(error));
}

Status Generator::check_finite(std::span<const float> logits) const {
  if (all_finite(logits)) return {};
  if (limits_.check_weights) LOOM_CHECK(limits_.check_weights());
  return Error{ErrorKind::corrupt, "the model's logits are NaN or infinite", "logits",
               "Its weights are finite: its numbers grow too large for " + std::string(c10::toString(model_.device().dtype)) +
                   ", or it was asked beyond what it was trained for"};
}

void Generator::accept(Answer& answer, std::span<const float> logits, const GenerationObserver& observer) {
  const GenerationRequest& request = *answer.request;
  if (Status status = check_finite(logits); !status) return fail(answer, status.error(), observer);
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
    if (const std::string& text = answer.result.text; text.size() > answer.told) {
      observer.token(request.id, text.substr(answer.told));
      answer.told = text.size();
    }
  }
  if (answer.result.ids.size() >= static_cast<size_t>(request.max_new_tokens))
    return finish(answer, FinishReason::token_limit, observer);
  if (request.ids.size() + answer.result.ids.size() >= window())
    return finish(answer, FinishReason::window_full, observer);
}

// Of the pages that the next token of each answer begins.
size_t Generator::page_growth(const std::vector<std::unique_ptr<Answer>>& batch) const {
  const auto pages =
      std::count_if(batch.begin(), batch.end(), [](const auto& one) { return one->state.stored() % kPageTokens == 0; });
  return static_cast<size_t>(pages) * model_.shape().kv.page_bytes(model_.device().dtype);
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

// A step that was cut short has left states half written: its answers are computed anew, fewer at a
// time or with nothing else in memory.
void Generator::start_anew(Work& work, const GenerationObserver& observer) {
  std::vector<std::unique_ptr<Answer>> answers = std::exchange(work.batch, {});
  for (auto& answer : answers) answer->forget(model_, tokenizer_.get());
  for (size_t i = answers.size(); i-- > 1;) work.to_come.push_front(std::move(answers[i]));
  Answer& first = *answers.front();
  const bool gave_up = work.ladder.drop_unshared(first, wanted(first, work)) ||
                       (answers.size() > 1 && work.ladder.decode_fewer(first, answers.size() / 2)) ||
                       work.ladder.drop_all(first);
  if (gave_up)
    work.to_come.push_front(std::move(answers.front()));
  else
    fail(first, work.ladder.failure(first), observer);
}

Status Generator::decode(Work& work, const GenerationObserver& observer, std::stop_token stop) {
  for (auto& answer : work.batch) {
    if (answer->request->max_new_tokens <= 0) {
      finish(*answer, FinishReason::token_limit, observer);
    } else {
      accept(*answer, {answer->last_logits.const_data_ptr<float>(), static_cast<size_t>(answer->last_logits.numel())},
             observer);
    }
    answer->last_logits = at::Tensor();
  }
  for (;;) {
    std::erase_if(work.batch, [](const auto& answer) { return answer->done; });
    if (work.batch.empty()) return {};
    if (stop.stop_requested()) return stopped();
    auto start = Clock::now();
    at::Tensor logits;
    Status status = catch_out_of_memory(
        [&]() -> Status {
          const size_t growth = page_growth(work.batch);
          if (growth > 0 && !has_room(model_, growth))
            return Error{ErrorKind::out_of_memory, "the next tokens do not fit into memory", "decoding", ""};
          logits = step(work.batch);
          synchronise(model_.device());
          return {};
        },
        "decoding");
    if (!status && status.error().kind == ErrorKind::out_of_memory) {
      start_anew(work, observer);
      return {};
    }
    LOOM_CHECK(status);
    double share = seconds_since(start) / static_cast<double>(work.batch.size());
    auto width = static_cast<size_t>(logits.size(1));
    const float* row = logits.const_data_ptr<float>();
    for (size_t i = 0; i < work.batch.size(); ++i) {
      work.batch[i]->result.timings.decode_s += share;
      accept(*work.batch[i], {row + i * width, width}, observer);
    }
  }
}

Generator::Work Generator::prepare(std::span<const GenerationRequest> requests, const GenerationObserver& observer) {
  std::vector<const GenerationRequest*> order;
  for (const GenerationRequest& request : requests) order.push_back(&request);
  // Sorted by ids, requests with a common prefix are neighbours: the tree is walked depth first.
  std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return a->ids < b->ids; });
  size_t longest = 0;
  for (const GenerationRequest& request : requests)
    longest = std::max(longest, request.ids.size() + static_cast<size_t>(std::max(request.max_new_tokens, 0)));
  const CacheBudget budget = share_memory(longest);
  Work work{{}, {}, {model_, prefixes_, observer, limits_.batch, budget.prefixes}, budget.answers};
  for (const GenerationRequest* request : order)
    work.to_come.push_back(std::make_unique<Answer>(*request, model_, tokenizer_.get()));
  return work;
}

Status Generator::generate(std::span<const GenerationRequest> requests, const GenerationObserver& observer,
                           std::stop_token stop) {
  c10::InferenceMode inference;
  Work work = prepare(requests, observer);
  size_t held = 0;
  while (!work.to_come.empty() || !work.batch.empty()) {
    if (stop.stop_requested()) return stopped();
    if (!work.batch.empty() && (work.to_come.empty() || work.batch.size() >= work.ladder.together() ||
                                held >= work.answers_budget || work.batch.back()->last_chance ||
                                work.to_come.front()->last_chance)) {
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
    if (stop.stop_requested()) return stopped();
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
