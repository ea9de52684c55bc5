// From a record to what was sent, answered and scored.
#pragma once

#include <optional>

#include "core/base/generation.h"
#include "core/benchmarks/benchmark.h"
#include "core/evaluation/job.h"

namespace loom {

// What was cut to fit the window. Shown with every result; truncated is never counted as wrong.
struct Truncation {
  bool cut = false;
  size_t intended_tokens = 0, sent_tokens = 0;
  size_t cut_begin = 0, cut_end = 0;  // tokens [begin, end) of the intended prompt
  bool evidence_lost = false;
};

struct Prompt {
  std::string text;  // as sent, chat wrapper included
  std::vector<TokenId> ids;
  size_t context_end = 0;  // tokens that belong to the shared document
  Truncation truncation;
  std::vector<ByteSpan> evidence;  // in text
  double tokenise_s = 0;
};

enum class SampleState { pending, done, failed, cancelled };  // done may still be truncated
const char* to_string(SampleState state);

// Metrics of a judge begin so: their scores stand beside a run's own and never replace them.
inline constexpr const char* kJudgeMetric = "judge_";
// The metric of tasks that only a judge can score.
inline constexpr const char* kNeedsJudge = "needs_judge";

struct SampleScore {
  std::string metric;
  int metric_version = 1;
  std::optional<double> value;  // 0…1; none: unparsed
  std::string parsed, rule;
  nlohmann::json parts = nlohmann::json::object();
};

// One row of the history.
struct Sample {
  int64_t id = 0;  // row id in the store, 0 before it is stored
  int job = 0;     // Job::index
  int index = 0;   // within the job
  std::string record_id;
  std::string identity;  // SHA-256 of record, prompt ids, weights hash, decoding, kernel version
  SampleState state = SampleState::pending;
  Prompt prompt;  // ids may be empty when read back
  std::vector<std::string> references;
  nlohmann::json metadata = nlohmann::json::object();
  GenerationResult result;
  std::optional<Error> error;
  std::optional<SampleScore> score;
};

}  // namespace loom
