// Perplexity of a task's references under the tested model: how surprised it is by the right
// answer. Less is better; the numbers have no upper end.
#pragma once

#include <span>

#include "core/metrics/metric.h"
#include "core/metrics/whole_scores.h"

namespace loom {

struct ReferenceLikelihood {
  double log_probability = 0;  // natural logarithm, over all its tokens
  size_t tokens = 0, bytes = 0;
};

// The reference with the lowest perplexity. value is a hundredth of it, see MetricScore; parts hold
// perplexity, bits_per_byte, log_probability, tokens, bytes and the reference's number.
MetricScore best_perplexity(std::span<const ReferenceLikelihood> references);
// A task's: of all tokens of its samples' best references together, a hundredth.
std::optional<double> pooled_perplexity(Parts parts);

}  // namespace loom
