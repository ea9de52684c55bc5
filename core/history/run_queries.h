// Reading the history from any thread: opens its own read-only connection. Pages by key, never by
// OFFSET. Charts, tables and exports all start here, so what is shown is what is stored.
#pragma once

#include <filesystem>
#include <memory>

#include "core/evaluation/judged_summary.h"
#include "core/history/run_store.h"

namespace loom {

struct RunRow {
  int64_t id = 0;
  std::string name, created;  // ISO 8601 UTC
  RunState state = RunState::created;
  std::vector<std::string> models, benchmarks, tags;
  std::string fingerprint, message;
  size_t samples_planned = 0, samples_done = 0, samples_failed = 0;  // failed ones are done too
  double wall_s = 0;
  std::optional<double> mean;  // mean of benchmarks, 0…100
};
struct RunFilter {
  std::string text;  // full-text over name, models, benchmarks, tags
  std::vector<RunState> states;
  std::string tag;
  bool deleted = false;
};
struct SampleFilter {
  std::string text;       // in prompt, answer or reference
  std::vector<int> jobs;  // empty: all
  // Depth of the evidence, 0 to 100: from the first up to, not including, the second.
  std::optional<std::pair<double, double>> depths;
  bool only_wrong = false, only_truncated = false, only_failed = false, only_unparsed = false;
};
struct SampleRow {  // a line of the browser; the reader loads the whole sample
  int64_t id = 0;
  int job = 0, index = 0;
  std::string task, first_words;
  size_t length_tokens = 0, prompt_tokens = 0;
  SampleState state = SampleState::pending;
  bool truncated = false;
  std::optional<double> score;   // 0…1
  bool lower_is_better = false;  // the score is a hundredth of what was measured, no share
};
struct EventRow {
  std::string time, kind, text;
};
struct Provenance {
  EvaluationPlan plan;
  std::string fingerprint;
  std::vector<nlohmann::json> models;  // LoadedModel as recorded
  std::vector<DeviceRecord> devices;
  std::vector<EventRow> events;
};
// Samples that failed alike. `reason` is that of the first of them.
struct FailureReason {
  Error reason;
  size_t samples = 0;
};
// Samples that two runs share, by identity of record and prompt: for paired differences.
struct PairedSample {
  std::string benchmark, task, record_id;
  size_t length_tokens = 0;
  int job_a = 0, job_b = 0;  // several models in a run: pairs of every two of them
  int64_t sample_a = 0, sample_b = 0;
  std::optional<double> score_a, score_b;
};

// A judge's verdicts on the answers of a job. `stands`: they are the job's scores.
struct JudgedJob {
  JudgedSummary judged;  // its job's metric and judge_version name judge and rubric
  bool stands = false;
};

class RunQueries {
 public:
  static Result<std::unique_ptr<RunQueries>> open(const std::filesystem::path& store);
  ~RunQueries();

  Result<size_t> count_runs(const RunFilter& filter) const;
  // Newest first, ids below before_id (0: from the newest).
  Result<std::vector<RunRow>> runs(const RunFilter& filter, int64_t before_id, size_t limit) const;
  // Ids of all rows of a list in its order: what lets a view reach any row without reading others.
  Result<std::vector<int64_t>> run_ids(const RunFilter& filter) const;
  Result<std::vector<int64_t>> sample_ids(int64_t run, const SampleFilter& filter) const;
  // Every tag in use on a run that is not deleted, sorted.
  Result<std::vector<std::string>> tags() const;
  Result<RunRow> run(int64_t run) const;
  Result<RunSummary> summary(int64_t run) const;
  // What every judge of the run came to, by job, metric and version.
  Result<std::vector<JudgedJob>> judged(int64_t run) const;
  Result<Provenance> provenance(int64_t run) const;
  Result<std::vector<SampleRow>> samples(int64_t run, const SampleFilter& filter, int64_t after_id,
                                         size_t limit) const;
  Result<Sample> sample(int64_t sample_id) const;
  // Every score of a sample: its own in each version, and those of judges.
  Result<std::vector<SampleScore>> scores(int64_t sample_id) const;
  // Why samples failed, the most frequent reason first; at most so many.
  Result<std::vector<FailureReason>> failures(int64_t run, size_t limit) const;
  Result<std::vector<PairedSample>> paired(int64_t run_a, int64_t run_b) const;
  // Score, length and depth of each scored sample of a job family, for curves and heat-maps.
  struct Point {
    int job = 0;
    int64_t sample_id = 0;
    size_t length_tokens = 0;
    std::optional<double> depth, value;
    bool truncated = false, failed = false;  // neither failed nor a value: unparsed
  };
  Result<std::vector<Point>> points(int64_t run) const;

 private:
  class Reader;
  explicit RunQueries(std::unique_ptr<Reader> reader);
  std::unique_ptr<Reader> reader_;
};

}  // namespace loom
