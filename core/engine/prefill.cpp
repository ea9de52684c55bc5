// Prompts: each prefix is computed once, in chunks whose ends never depend on what was cached.
#include "core/base/elapsed.h"
#include "core/engine/generator.h"
#include "core/engine/memory.h"
#include "core/engine/out_of_memory.h"

namespace loom {

PrefixTree::Wanted Generator::path_of(const GenerationRequest& request) const {
  return {request.ids,
          cut_points(request.ids.size(), request.context_end, model_.device().chunk_tokens),
          model_.variant(static_cast<int64_t>(request.ids.size()))};
}

Result<Generator::Filled> Generator::fill(const PrefixTree::Wanted& path, size_t context_end,
                                          size_t total_tokens,
                                          const std::function<void(size_t)>& progress,
                                          std::stop_token stop) {
  const std::span<const TokenId> ids = path.ids;
  auto start = std::chrono::steady_clock::now();
  PrefixTree::Match match = prefixes_.find(ids, path.cuts, path.variant);
  if (!has_room(model_, sequence_bytes(model_, ids.size()) - sequence_bytes(model_, match.tokens)))
    return Error{ErrorKind::out_of_memory, "its keys and values do not fit into memory", "prefill",
                 ""};
  Filled filled{match.state ? *match.state : KvSequence(model_.shape().kv, model_.device()),
                {},
                match.tokens};
  filled.state.set_prompt_tokens(static_cast<int64_t>(total_tokens),
                                 static_cast<int64_t>(context_end));
  filled.reused_s = seconds_since(start);
  start = std::chrono::steady_clock::now();
  at::Tensor hidden;
  size_t done = match.tokens;
  for (size_t cut : path.cuts) {
    if (cut <= done) continue;
    if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", "engine", ""};
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

Status Generator::prefill(Answer& answer, const GenerationObserver& observer,
                          std::stop_token stop) {
  const GenerationRequest& request = *answer.request;
  auto progress = [&](size_t done) { observer.prefilled(request.id, done, request.ids.size()); };
  LOOM_TRY(Filled filled,
           fill(path_of(request), request.context_end, request.ids.size(), progress, stop));
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

}  // namespace loom
