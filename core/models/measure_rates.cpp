// How fast and with how much memory this process answers; see core/servers/measured_rates.h.
#include <ATen/ops/randn.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <chrono>

#include "core/base/cache_budget.h"
#include "core/base/elapsed.h"
#include "core/base/random.h"
#include "core/engine/memory.h"
#include "core/engine/out_of_memory.h"
#include "core/models/in_process_server.h"

namespace loom {
namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kRepeats = 3, kNewTokens = 7;
constexpr double kLongEnough = 6;  // seconds of a step, behind which nothing deeper is measured

// Other programs disturb some of a few repeats.
double median(std::vector<double> seconds) {
  const auto middle = seconds.begin() + static_cast<std::ptrdiff_t>((seconds.size() - 1) / 2);
  std::nth_element(seconds.begin(), middle, seconds.end());
  return *middle;
}

class Measurement {
 public:
  Measurement(const CausalModel& model, std::stop_token stop) : model_(model), stop_(stop) {}

  Status run(MeasuredRates& rates) {
    const size_t chunk = model_.device().chunk_tokens;
    rates.state_bytes = model_.shape().kv.state_bytes();
    LOOM_CHECK(warm_up(chunk));
    for (size_t depth : {size_t{0}, 4 * chunk, 16 * chunk, 64 * chunk}) {
      if (depth > 0 && !fits(depth + 2 * chunk)) break;
      LOOM_TRY(KvSequence filled, filled_to(depth));
      LOOM_TRY(PrefillStep step, prefill(filled, depth, chunk));
      rates.prefill.push_back(step);
      if (depth > 0) {
        LOOM_TRY(DecodeStep alone, decode(filled, depth, 1));
        rates.decode.push_back(alone);
      }
      if (step.seconds > kLongEnough) break;
    }
    const size_t page = static_cast<size_t>(kPageTokens);
    LOOM_TRY(KvSequence shared, filled_to(page));
    for (size_t answers : {size_t{1}, size_t{kAnswersDecodedTogether}}) {
      LOOM_TRY(DecodeStep step, decode(shared, page, answers));
      rates.decode.insert(rates.decode.begin(), step);
    }
    return {};
  }

 private:
  bool fits(size_t tokens) const {
    const KvShape& kv = model_.shape().kv;
    const size_t pages = tokens / static_cast<size_t>(kPageTokens) + 1;
    return tokens < static_cast<size_t>(model_.shape().window_tokens) &&
           pages * kv.page_bytes(model_.device().dtype) < free_bytes(model_.device()) / 4;
  }

  std::vector<TokenId> ids(size_t count) {
    std::vector<TokenId> made(count);
    for (TokenId& id : made)
      id = static_cast<TokenId>(random_.below(static_cast<uint64_t>(model_.shape().vocabulary)));
    return made;
  }

  // Pays for pages and threads that later steps find.
  Status warm_up(size_t chunk) {
    KvSequence sequence(model_.shape().kv, model_.device());
    (void)model_.logits(model_.prefill(ids(chunk), sequence).narrow(0, 0, 1));
    LOOM_TRY(DecodeStep step, decode(sequence, chunk, 1));
    (void)step;
    return stopped();
  }

  // Keys and values of so many tokens, as good for the clock as computed ones.
  Result<KvSequence> filled_to(size_t tokens) {
    const KvShape& kv = model_.shape().kv;
    KvSequence sequence(kv, model_.device());
    const auto options =
        at::TensorOptions().device(model_.device().device).dtype(model_.device().dtype);
    const at::Tensor numbers = at::randn({kPageTokens, kv.kv_heads, kv.head_dim}, options);
    for (size_t done = 0; done < tokens; done += static_cast<size_t>(kPageTokens)) {
      LOOM_CHECK(stopped());
      sequence.reserve(kPageTokens);
      for (int64_t layer = 0; layer < kv.layers; ++layer) sequence.write(layer, numbers, numbers);
    }
    return sequence;
  }

  Result<PrefillStep> prefill(const KvSequence& filled, size_t depth, size_t chunk) {
    PrefillStep step{depth, chunk, 0, 0};
    std::vector<double> seconds;
    for (double all = 0; seconds.size() < kRepeats && all < kLongEnough; all += seconds.back()) {
      LOOM_CHECK(stopped());
      KvSequence sequence = filled;
      sequence.set_prompt_tokens(static_cast<int64_t>(depth + chunk));
      const std::vector<TokenId> prompt = ids(chunk);
      reset_peak(model_.device());
      const auto start = Clock::now();
      (void)model_.prefill(prompt, sequence);
      synchronise(model_.device());
      seconds.push_back(seconds_since(start));
      const KvShape& kv = model_.shape().kv;
      const size_t held = sequence.pages().size() * kv.page_bytes(model_.device().dtype);
      const size_t peak = peak_bytes(model_.device());
      step.resident_bytes = std::max(step.resident_bytes, peak - std::min(peak, held));
    }
    step.seconds = median(std::move(seconds));
    return step;
  }

  Result<DecodeStep> decode(const KvSequence& filled, size_t depth, size_t answers) {
    std::vector<KvSequence> sequences(answers, filled);
    std::vector<KvSequence*> states;
    for (KvSequence& sequence : sequences) {
      sequence.set_prompt_tokens(static_cast<int64_t>(depth));
      states.push_back(&sequence);
    }
    std::vector<double> seconds;
    for (size_t i = 0; i <= kNewTokens; ++i) {  // the first one copies the tails
      LOOM_CHECK(stopped());
      const auto start = Clock::now();
      (void)model_.logits(model_.decode(ids(answers), states));
      synchronise(model_.device());
      if (i > 0) seconds.push_back(seconds_since(start));
    }
    return DecodeStep{answers, depth, median(std::move(seconds))};
  }

  Status stopped() const {
    if (!stop_.stop_requested()) return {};
    return Error{ErrorKind::cancelled, "stopped", "measure", ""};
  }

  const CausalModel& model_;
  std::stop_token stop_;
  Random random_{1, "measure"};
};

}  // namespace

Result<MeasuredRates> InProcessServer::measure(std::stop_token stop) {
  if (!generator_) return not_loaded();
  c10::InferenceMode inference;
  generator_->prefixes().clear();
  MeasuredRates rates;
  LOOM_CHECK(catch_out_of_memory([&] { return Measurement(*model_, stop).run(rates); }, "measure"));
  return rates;
}

}  // namespace loom
