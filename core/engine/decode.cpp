// Answers, several together, a token at a time.
#include <ATen/ops/cat.h>

#include <algorithm>
#include <utility>

#include "core/base/elapsed.h"
#include "core/engine/finite.h"
#include "core/engine/generator.h"
#include "core/engine/memory.h"
#include "core/engine/out_of_memory.h"

namespace loom {

void Generator::finish(Answer& answer, FinishReason reason, const GenerationObserver& observer) {
  answer.done = true;
  answer.result.finish_reason = reason;
  if (answer.decoder) answer.result.text += answer.decoder->finish();
  if (reason == FinishReason::stop_string) {
    size_t first = std::string::npos;
    for (const std::string& text : answer.request->stop)
      first = std::min(first, answer.result.text.find(text));
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
               "Its weights are finite: its numbers grow too large for " +
                   std::string(c10::toString(model_.device().dtype)) +
                   ", or it was asked beyond what it was trained for"};
}

void Generator::accept(Answer& answer, std::span<const float> logits,
                       const GenerationObserver& observer) {
  const GenerationRequest& request = *answer.request;
  if (Status status = check_finite(logits); !status) return fail(answer, status.error(), observer);
  const std::vector<TokenId>& end_tokens = answer.end_tokens;
  const bool may_end =
      answer.result.ids.size() >= static_cast<size_t>(std::max(request.min_new_tokens, 0));
  const TokenId id =
      answer.sampler.choose(logits, may_end ? std::span<const TokenId>() : end_tokens);
  const bool ends = std::find(end_tokens.begin(), end_tokens.end(), id) != end_tokens.end();
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
  const auto pages = std::count_if(batch.begin(), batch.end(), [](const auto& one) {
    return one->state.stored() % kPageTokens == 0;
  });
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

// A step that was cut short has left states half written: its answers are computed anew, fewer at a
// time or with nothing else in memory.
void Generator::start_anew(Work& work, const GenerationObserver& observer) {
  std::vector<std::unique_ptr<Answer>> answers = std::exchange(work.batch, {});
  for (auto& answer : answers) answer->forget(model_, tokenizer_.get());
  for (size_t i = answers.size(); i-- > 1;) work.to_come.push_front(std::move(answers[i]));
  Answer& first = *answers.front();
  const bool gave_up =
      work.ladder.drop_unshared(first, wanted(first, work)) ||
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
      accept(*answer,
             {answer->last_logits.const_data_ptr<float>(),
              static_cast<size_t>(answer->last_logits.numel())},
             observer);
    }
    answer->last_logits = at::Tensor();
  }
  for (;;) {
    std::erase_if(work.batch, [](const auto& answer) { return answer->done; });
    if (work.batch.empty()) return {};
    if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", "engine", ""};
    auto start = std::chrono::steady_clock::now();
    at::Tensor logits;
    Status status = catch_out_of_memory(
        [&]() -> Status {
          const size_t growth = page_growth(work.batch);
          if (growth > 0 && !has_room(model_, growth))
            return Error{ErrorKind::out_of_memory, "the next tokens do not fit into memory",
                         "decoding", ""};
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

}  // namespace loom
