// The scoring functions, one file each.
#pragma once

#include "core/metrics/metric.h"

namespace loom {

// RULER: share of references, or the best of them, that occur in the answer without regard to case.
MetricScore contains_all(const MetricInput& input);
MetricScore contains_any(const MetricInput& input);
// One letter out of "choices" (default ABCD): stated as an answer, or standing alone.
MetricScore choice_letter(const MetricInput& input);
// Best token F1 over the references (Rajpurkar et al. 2016), on normal_words.
MetricScore token_f1(const MetricInput& input);
// Share of the reference's distinct words that occur in the answer: our rule for needles.
MetricScore word_recall(const MetricInput& input);
// A written list: share of the asked words that occur times how near its length is to what was asked.
MetricScore written_form(const MetricInput& input);

}  // namespace loom
