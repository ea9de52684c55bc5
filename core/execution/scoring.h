// Scoring is a pass over stored predictions of its own: repeatable, versioned, without the model.
#pragma once

#include "core/catalog/descriptions.h"
#include "core/evaluation/sample.h"

namespace loom {

Result<SampleScore> score_sample(const Sample& sample, const TaskRule& rule);

// What makes two answers the same: record, prompt ids, weights, tokenizer, decoding and arithmetic.
struct AnsweringModel {
  std::string weights_hash, kernel_version, tokenizer;  // the tokenizer's fingerprint
};
std::string sample_identity(const Sample& sample, const GenerationRequest& request,
                            const AnsweringModel& model);

}  // namespace loom
