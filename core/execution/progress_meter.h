// Turns finished work into progress and remaining time: prompts cost by the token, answers by the
// sample, at what both cost so far.
#pragma once

#include <chrono>
#include <map>
#include <vector>

#include "core/execution/evaluation_run.h"

namespace loom {

class ProgressMeter {
 public:
  // `max_length`: at which the plan cuts prompts, 0 for no limit of its own.
  ProgressMeter(int64_t run, const std::vector<Job>& jobs, size_t max_length = 0);

  void skip(int job, size_t samples);  // finished in an earlier session
  void begin_job(int job, const std::string& title);
  void holds(int job, size_t samples);  // what the job's data turned out to hold
  // The job's prompts are known: exact numbers of what is left of it replace the guess from its
  // length, and what they come to on average the guess for jobs without one.
  void planned(int job, double tokens, size_t samples);
  // Prompt tokens behind a sample that is not finished; several are when they are decoded together.
  void advanced(int job, int sample, size_t tokens);
  void finished(const Sample& sample);
  void waited(double seconds) { waited_s_ += seconds; }  // pauses do not count as work
  const RunProgress& now();

 private:
  double elapsed() const;
  std::optional<double> remaining(double tokens_left) const;
  double share() const;
  void guess(size_t job);

  RunProgress progress_;
  std::vector<double> planned_;        // tokens left to do per job
  std::vector<size_t> done_, wanted_;  // samples per job
  std::vector<size_t> lengths_;        // of the jobs' prompts; 0 where the task has none
  std::vector<bool> built_;            // their prompts are known
  double built_tokens_ = 0, built_samples_ = 0;
  struct UnderWay {
    double tokens = 0;
    double reused = 0;  // of these, found in the cache: no work
  };
  std::map<std::pair<int, int>, UnderWay> under_way_;
  double finished_tokens_ = 0;
  size_t skipped_ = 0, finished_ = 0;   // samples of earlier sessions and of this one
  double prompt_s_ = 0, answer_s_ = 0;  // what finished ones took, as if one ran after the other
  double waited_s_ = 0;
  double computed_tokens_ = 0;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace loom
