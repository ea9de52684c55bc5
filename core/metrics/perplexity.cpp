#include "core/metrics/perplexity.h"

#include <cmath>
#include <numbers>

namespace loom {
namespace {

// A model that is surer than this of every wrong token is broken, and sums must stay exact.
constexpr double kHighest = 1e18;

double perplexity_of(double log_probability, double tokens) {
  return std::exp(-log_probability / tokens);
}

double number(const nlohmann::json& part, const char* name) {
  const auto at = part.find(name);
  return at != part.end() && at->is_number() ? at->get<double>() : 0;
}

}  // namespace

MetricScore best_perplexity(std::span<const ReferenceLikelihood> references) {
  MetricScore score;
  score.rule = "no reference can be looked up";
  double lowest = INFINITY;
  for (size_t i = 0; i < references.size(); ++i) {
    const ReferenceLikelihood& one = references[i];
    if (one.tokens == 0 || one.bytes == 0) continue;
    const double perplexity = perplexity_of(one.log_probability, static_cast<double>(one.tokens));
    if (!(perplexity <= kHighest) || perplexity >= lowest) continue;
    lowest = perplexity;
    const double bits = -one.log_probability / std::numbers::ln2;
    score.value = perplexity / 100;
    score.rule = "perplexity of the reference, lower is better";
    score.parts = {{"perplexity", perplexity},
                   {"bits_per_byte", bits / static_cast<double>(one.bytes)},
                   {"log_probability", one.log_probability},
                   {"tokens", one.tokens},
                   {"bytes", one.bytes},
                   {"reference", i + 1}};
  }
  return score;
}

std::optional<double> pooled_perplexity(Parts parts) {
  double sum = 0, tokens = 0;
  for (const nlohmann::json* part : parts) {
    sum += number(*part, "log_probability");
    tokens += number(*part, "tokens");
  }
  if (tokens <= 0) return std::nullopt;
  return perplexity_of(sum, tokens) / 100;
}

}  // namespace loom
