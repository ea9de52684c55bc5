// The numbers of a summary as results, exports and the command line write them: scripts rely on
// these names.
#pragma once

#include "core/evaluation/run_summary.h"

namespace loom {

// Missing numbers are null.
nlohmann::json or_null(const std::optional<double>& value);
// "n", "score", "low", "high" and "interval".
nlohmann::json score_json(const JobSummary& summary);
// The same, and "unparsed", "failed" and "truncated". A group's score has no kind of interval.
nlohmann::json numbers_json(const JobSummary& summary);
nlohmann::json numbers_json(const GroupScore& group);

}  // namespace loom
