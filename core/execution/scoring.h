// Scoring is a pass over stored predictions of its own: repeatable, versioned, without the model.
#pragma once

#include "core/catalog/descriptions.h"
#include "core/evaluation/sample.h"

namespace loom {

Result<SampleScore> score_sample(const Sample& sample, const TaskRule& rule);

// What makes two answers comparable: record, prompt ids, weights, decoding and arithmetic.
std::string sample_identity(const Sample& sample, const GenerationRequest& request,
                            const std::string& weights_hash, const std::string& kernel_version);

}  // namespace loom
