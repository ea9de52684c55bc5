#include "core/engine/sampler.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace loom {

Sampler::Sampler(const DecodingSettings& settings, std::span<const TokenId> prompt)
    : settings_(settings), random_(settings.seed, "sampler") {
  if (penalises()) seen_.insert(prompt.begin(), prompt.end());
}

bool Sampler::penalises() const {
  return settings_.repetition_penalty > 0 && settings_.repetition_penalty != 1;
}

TokenId Sampler::choose(std::span<const float> logits, std::span<const TokenId> barred) {
  if (!penalises() && barred.empty()) return pick(logits);
  changed_.assign(logits.begin(), logits.end());
  const auto penalty = static_cast<float>(settings_.repetition_penalty);
  auto known = [&](TokenId id) { return id >= 0 && static_cast<size_t>(id) < changed_.size(); };
  for (const TokenId id : seen_) {
    if (!known(id)) continue;
    float& logit = changed_[static_cast<size_t>(id)];
    logit = logit < 0 ? logit * penalty : logit / penalty;
  }
  for (const TokenId id : barred)
    if (known(id)) changed_[static_cast<size_t>(id)] = -std::numeric_limits<float>::infinity();
  const TokenId chosen = pick(changed_);
  if (penalises()) seen_.insert(chosen);
  return chosen;
}

TokenId Sampler::pick(std::span<const float> logits) {
  auto greatest = std::max_element(logits.begin(), logits.end());
  if (settings_.temperature <= 0) return static_cast<TokenId>(greatest - logits.begin());

  struct Candidate {
    TokenId id;
    double probability;
  };
  std::vector<Candidate> candidates(logits.size());
  for (size_t i = 0; i < logits.size(); ++i)
    candidates[i] = {static_cast<TokenId>(i), std::exp((logits[i] - *greatest) / settings_.temperature)};
  // Equal probabilities keep the order of ids, so the draw is the same on every run.
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.probability > b.probability; });
  if (settings_.top_k > 0 && candidates.size() > static_cast<size_t>(settings_.top_k))
    candidates.resize(static_cast<size_t>(settings_.top_k));
  double total = 0;
  for (const Candidate& candidate : candidates) total += candidate.probability;
  if (settings_.top_p < 1) {
    double kept = 0;
    size_t n = 0;
    while (n < candidates.size() && (n == 0 || kept < settings_.top_p * total)) kept += candidates[n++].probability;
    candidates.resize(n);
  }
  if (settings_.min_p > 0) {
    double least = settings_.min_p * candidates.front().probability;
    while (candidates.size() > 1 && candidates.back().probability < least) candidates.pop_back();
  }
  total = 0;
  for (const Candidate& candidate : candidates) total += candidate.probability;
  double draw = random_.unit() * total;
  for (const Candidate& candidate : candidates) {
    draw -= candidate.probability;
    if (draw < 0) return candidate.id;
  }
  return candidates.back().id;
}

}  // namespace loom
