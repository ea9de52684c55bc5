// One job at work: its samples on their way from a record to a stored score. Prompts are built in
// batches (job_run.cpp), references read where the metric asks for it (job_references.cpp), answers
// asked for (job_answers.cpp).
#pragma once

#include <unordered_map>

#include "core/execution/job_runner.h"
#include "core/execution/sample_request.h"
#include "core/execution/scoring_queue.h"
#include "core/execution/task_scorer.h"
#include "core/execution/work_times.h"

namespace loom {

Sample sample_of(const Job& job, int index, const Record& record);

class JobRun {
 public:
  JobRun(const RunContext& context, const Job& job, ServingModel& model, JobRecords records,
         TaskScorer scorer)
      : context_(context),
        job_(job),
        model_(model),
        records_(std::move(records)),
        scorer_(std::move(scorer)),
        work_(model.device),
        scoring_([this](const Sample& sample) { return scorer_.score(sample, stop_); },
                 [this](Sample& sample) { return store(sample); }) {}

  Status run(const std::vector<int>& finished, std::stop_token stop);

 private:
  Status prepare(const std::vector<int>& finished, size_t& next, std::stop_token stop);
  PromptLimits limits(const Record& record) const;
  GenerationRequest request_for(uint64_t id, const Prompt& prompt,
                                const PromptLimits& limits) const;
  Result<bool> ask_again(uint64_t id, Sample& sample, GenerationResult& answer);
  Status ask(std::stop_token stop);
  Status wait_while_paused(std::stop_token stop);
  GenerationObserver observer(std::stop_source& interrupt);
  void finish(uint64_t id, Result<GenerationResult> result);
  Result<bool> take_remembered(const Record& record, Sample& sample);
  Status read_references(std::stop_token stop);
  void fail(Sample sample, const Error& reason);
  void conclude(Sample& sample, GenerationResult result);
  Status store(Sample& sample);

  const RunContext& context_;
  const Job& job_;
  ServingModel& model_;
  JobRecords records_;
  TaskScorer scorer_;
  std::stop_token stop_;
  std::unordered_map<int, SampleScore> read_;  // of references, for samples without an answer yet
  std::unordered_map<uint64_t, Sample> waiting_;  // by index within the job
  std::vector<GenerationRequest> requests_;
  struct SecondQuestion {
    GenerationResult first;
    std::string prompt;
    GenerationRequest request;
  };
  std::unordered_map<uint64_t, SecondQuestion> second_;  // of samples whose first answer is there
  double remembered_s_ = 0;  // what answers taken from earlier runs took there
  WorkTimes work_;           // pauses are no work: latency tables leave them out
  ScoringQueue scoring_;     // the first failure of the store ends the run
};

}  // namespace loom
