// Log probabilities of given continuations: one prefill of the prompt, then one of the continuation
// that looks at every position's logits instead of choosing from them.
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <tuple>

#include "core/engine/generator.h"
#include "core/engine/memory.h"
#include "core/engine/out_of_memory.h"

namespace loom {
namespace {

// Logits of so many positions are held at once: a vocabulary of 256,000 tokens takes 64 MB then.
constexpr int64_t kRowsTogether = 64;

Error stopped() {
  return {ErrorKind::cancelled, "stopped", "engine", ""};
}

double log_softmax_at(const float* logits, int64_t width, TokenId target) {
  const double highest = *std::max_element(logits, logits + width);
  double sum = 0;
  for (int64_t i = 0; i < width; ++i) sum += std::exp(double(logits[i]) - highest);
  return double(logits[target]) - highest - std::log(sum);
}

bool same_prompt(const LikelihoodRequest& a, const LikelihoodRequest& b) {
  return a.context_end == b.context_end && a.prompt == b.prompt;
}

}  // namespace

Status Generator::check(const LikelihoodRequest& request) const {
  if (request.prompt.empty())
    return Error{ErrorKind::invalid_input, "the prompt has no tokens", "request", ""};
  if (request.continuation.empty())
    return Error{ErrorKind::invalid_input, "the continuation has no tokens", "request", ""};
  const size_t total = request.prompt.size() + request.continuation.size();
  if (total > window())
    return Error{ErrorKind::invalid_input,
                 "prompt and continuation have " + std::to_string(total) + " tokens, the window " +
                     std::to_string(window()),
                 "request", "Shorten the prompt or use a model with a longer window"};
  LOOM_CHECK(check_ids(request.prompt));
  return check_ids(request.continuation);
}

// The last token of the continuation is looked up and never read by the model.
Result<double> Generator::log_probability(const Filled& prompt, const LikelihoodRequest& request,
                                          std::stop_token stop) const {
  std::span<const TokenId> targets(request.continuation);
  LOOM_CHECK(check_finite({prompt.logits.const_data_ptr<float>(), static_cast<size_t>(prompt.logits.numel())}));
  double sum =
      log_softmax_at(prompt.logits.const_data_ptr<float>(), prompt.logits.size(1), targets.front());
  KvSequence state = prompt.state;
  const size_t begin = request.prompt.size(), end = begin + targets.size() - 1;
  size_t done = begin;
  for (size_t cut : cut_points(end, begin, model_.device().chunk_tokens)) {
    if (cut <= done) continue;
    if (stop.stop_requested()) return stopped();
    at::Tensor hidden = model_.prefill(targets.subspan(done - begin, cut - done), state);
    for (int64_t row = 0; row < hidden.size(0); row += kRowsTogether) {
      const int64_t rows = std::min(kRowsTogether, hidden.size(0) - row);
      const at::Tensor logits = model_.logits(hidden.narrow(0, row, rows));
      const float* data = logits.const_data_ptr<float>();
      LOOM_CHECK(check_finite({data, static_cast<size_t>(logits.numel())}));
      for (int64_t i = 0; i < rows; ++i)
        sum += log_softmax_at(data + i * logits.size(1), logits.size(1),
                              targets[done - begin + static_cast<size_t>(row + i) + 1]);
    }
    done = cut;
  }
  return sum;
}

Status Generator::likelihood(const LikelihoodRequest& request, std::optional<Filled>& prompt,
                             Likelihood& result, std::stop_token stop) {
  const size_t total = request.prompt.size() + request.continuation.size();
  const PrefixTree::Wanted path = {
      request.prompt,
      cut_points(request.prompt.size(), request.context_end, model_.device().chunk_tokens),
      model_.variant(static_cast<int64_t>(total))};
  auto compute = [&]() -> Status {
    if (!prompt) {
      auto unseen = [](size_t) {};
      LOOM_TRY(prompt, fill(path, request.context_end, total, unseen, stop));
    }
    if (!has_room(model_, sequence_bytes(model_, total) - sequence_bytes(model_, path.ids.size())))
      return Error{ErrorKind::out_of_memory, "its keys and values do not fit into memory", "", ""};
    LOOM_TRY(result.log_probability, log_probability(*prompt, request, stop));
    return {};
  };
  const std::string what = "a text of " + std::to_string(total) + " tokens";
  Status status = catch_out_of_memory(compute, what);
  if (status || status.error().kind != ErrorKind::out_of_memory) return status;
  prompt.reset();
  prefixes_.clear();
  return_unused_bytes(model_.device());
  status = catch_out_of_memory(compute, what);
  if (status || status.error().kind != ErrorKind::out_of_memory) return status;
  prompt.reset();
  return Error{ErrorKind::out_of_memory, status.error().message, what,
               "Close other programs, or choose a shorter length or a smaller model"};
}

// Continuations of one prompt are neighbours, and the prompt is computed once for all of them.
Status Generator::likelihoods(std::span<const LikelihoodRequest> requests,
                              const LikelihoodFinished& finished, std::stop_token stop) {
  using Clock = std::chrono::steady_clock;
  c10::InferenceMode inference;
  std::vector<const LikelihoodRequest*> order;
  size_t longest = 0;
  for (const LikelihoodRequest& request : requests) {
    order.push_back(&request);
    longest = std::max(longest, request.prompt.size() + request.continuation.size());
  }
  std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
    return std::tie(a->prompt, a->context_end) < std::tie(b->prompt, b->context_end);
  });
  prefixes_.set_budget(share_memory(longest).prefixes);
  std::optional<Filled> prompt;
  const LikelihoodRequest* before = nullptr;
  auto variant = [this](const LikelihoodRequest& request) {
    return model_.variant(static_cast<int64_t>(request.prompt.size() + request.continuation.size()));
  };
  for (const LikelihoodRequest* request : order) {
    if (stop.stop_requested()) return stopped();
    if (Status fine = check(*request); !fine) {
      finished(request->id, fine.error());
      continue;
    }
    const auto start = Clock::now();
    if (prompt && (variant(*before) != variant(*request) || !same_prompt(*before, *request)))
      prompt.reset();
    const bool held = prompt.has_value();
    Likelihood result;
    result.tokens = request->continuation.size();
    if (Status status = likelihood(*request, prompt, result, stop); !status) {
      if (status.error().kind == ErrorKind::cancelled) return status;
      prompt.reset();
      finished(request->id, status.error());
      continue;
    }
    before = request;
    result.tokens_reused = held ? request->prompt.size() : prompt->tokens_reused;
    result.tokens_prefilled =
        request->prompt.size() + request->continuation.size() - 1 - result.tokens_reused;
    result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    finished(request->id, result);
  }
  return {};
}

}  // namespace loom
