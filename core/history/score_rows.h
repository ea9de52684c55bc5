// Scores of samples to rows and back: of the task's metric in its versions, and of judges.
#pragma once

#include "core/evaluation/sample.h"
#include "core/history/database.h"

namespace loom {

Status write_score(Database& database, int64_t sample_id, const SampleScore& score);
// A judge's score: the sample's own stays what it is.
Status write_judgement(Database& database, int64_t sample_id, const SampleScore& score);
Result<std::vector<SampleScore>> read_scores(Database& database, int64_t sample_id);
// The one that counts: a judge's verdict where it stands for the task's score, else the metric's
// newest.
Result<std::optional<SampleScore>> read_standing_score(Database& database, int64_t sample_id);

}  // namespace loom
