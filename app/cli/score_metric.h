// score --metric: a metric that needs a model, beside the task's own.
#pragma once

#include <functional>

#include "app/cli/session.h"
#include "core/metrics/bert_score.h"
#include "core/predictions/score_predictions.h"

namespace loom::cli {

std::vector<Option> score_metric_options();
// An option of a metric that was not chosen would change nothing.
Status check_metric_options(const Invocation& invocation);

// How a set of answers becomes scores, by what the flags say.
using ScoreSet = std::function<Result<PredictionScores>(const PredictionSet&)>;
// The task's own metric without --metric; BERTScore keeps its encoder in what is returned.
Result<ScoreSet> score_set(const Invocation& invocation, const Session& session,
                           const std::string& rules);

// The references of a stored run's samples under the models that answered them. Printed alone: the
// run's own scores stay what they are.
Result<int> score_perplexity(const Invocation& invocation, const Session& session, int64_t run);

}  // namespace loom::cli
