// The scores of one job: by the answer alone, or with a model where the task's metric needs one.
#pragma once

#include <memory>

#include "core/benchmarks/benchmark.h"
#include "core/execution/encoder_embeddings.h"
#include "core/execution/evaluation_run.h"
#include "core/execution/model_text.h"
#include "core/metrics/bert_score.h"

namespace loom {

class TaskScorer {
 public:
  // Loads what the metric needs. `records`: all of the task, whose references weigh tokens.
  static Result<TaskScorer> prepare(const TaskRule& rule, std::span<const Record> records,
                                    const RunEnvironment& environment, std::stop_token stop);

  bool reads_references() const { return source_ == MetricSource::likelihood; }
  // Tokens that the window has to hold behind the prompt.
  size_t tokens_behind(const Record& record, const ModelText& model) const;
  // Before an answer is there, while the tested model's server is free: what it says of the
  // references. Only where reads_references().
  Result<SampleScore> score_references(const Sample& sample, ModelServer& server,
                                       const ModelText& model, bool with_chat,
                                       std::stop_token stop) const;
  // Of an answer, for every other metric.
  Result<SampleScore> score(const Sample& sample, std::stop_token stop);

 private:
  TaskScorer(TaskRule rule, MetricSource source) : rule_(std::move(rule)), source_(source) {}

  TaskRule rule_;
  MetricSource source_;
  std::unique_ptr<EncoderEmbeddings> encoder_;
  std::unique_ptr<BertScorer> bert_score_;
};

// What a rule names; empty: nothing.
std::string encoder_of(const TaskRule& rule);
// Of an encoder that is named by its folder or as a model.
Result<std::filesystem::path> encoder_folder(const std::string& name,
                                             const RunEnvironment& environment);
// An encoder for BERTScore: a folder, or a model's name. On the CPU, whatever the run's devices
// are, so that scores do not depend on them.
Result<std::unique_ptr<EncoderEmbeddings>> open_encoder(const std::string& name, int layer,
                                                        const RunEnvironment& environment,
                                                        std::stop_token stop);

}  // namespace loom
