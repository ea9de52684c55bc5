#include "core/evaluation/summary_json.h"

namespace loom {

using nlohmann::json;

namespace {

template <typename Scored>
json bounded_score(const Scored& scored) {
  return {{"n", scored.scored},
          {"score", or_null(scored.score)},
          {"low", or_null(scored.low)},
          {"high", or_null(scored.high)}};
}

template <typename Scored>
json with_counts(json numbers, const Scored& scored) {
  numbers["unparsed"] = scored.unparsed;
  numbers["failed"] = scored.failed;
  numbers["truncated"] = scored.truncated;
  return numbers;
}

}  // namespace

json or_null(const std::optional<double>& value) {
  return value ? json(*value) : json();
}

json score_json(const JobSummary& summary) {
  json numbers = bounded_score(summary);
  numbers["interval"] = summary.interval;
  return numbers;
}

json numbers_json(const JobSummary& summary) {
  return with_counts(score_json(summary), summary);
}

json numbers_json(const GroupScore& group) {
  return with_counts(bounded_score(group), group);
}

}  // namespace loom
