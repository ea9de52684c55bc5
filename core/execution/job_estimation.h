// The estimate of one job after the other: their prompts, and what answers and scores take of the
// models that give them.
#pragma once

#include <map>
#include <stop_token>
#include <string>

#include "core/execution/answer_lengths.h"
#include "core/execution/encoder_rate.h"
#include "core/execution/estimate_prompts.h"
#include "core/execution/run_estimate.h"

namespace loom {

// Of the jobs so far that a model answers.
struct ModelWork {
  ModelForEstimate model;
  AnswerLengths lengths;
  size_t longest = 0;          // tokens of a prompt with its answer
  uint64_t kv_together = 0;    // of the largest batch
  uint64_t kv_tails = 0;       // of a batch, beside the prefixes that are kept
  double kv_all = 0;           // of every prompt, were all kept
  uint64_t encoder_bytes = 0;  // of the largest encoder that scores its answers

  // What is remembered of prompts with the ends of those at work, or what a batch needs.
  uint64_t memory_bytes() const;
};

class JobEstimation {
 public:
  JobEstimation(const EvaluationPlan& plan, const RunEnvironment& environment, bool measure,
                std::stop_token stop)
      : plan_(plan), environment_(environment), measure_(measure), stop_(stop) {}

  Result<JobEstimate> job(const Job& job, size_t tokens);
  Status prepare_model(int index);
  const std::map<int, ModelWork>& models() const { return models_; }
  bool measured() const;

 private:
  Result<const EncoderForEstimate*> encoder(const TaskRule& rule);
  Status add_encoding(const EstimatePrompts& prompts, double answer, double most, double scale,
                      ModelWork& work, JobEstimate& estimate);

  const EvaluationPlan& plan_;
  const RunEnvironment& environment_;
  const bool measure_;
  const std::stop_token stop_;
  std::map<int, ModelWork> models_;
  std::map<std::string, EncoderForEstimate> encoders_;  // by folder
};

}  // namespace loom
