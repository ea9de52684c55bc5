#include "core/evaluation/missing_samples.h"

#include <cstdio>

namespace loom {
namespace {

std::string fixed(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", as_printed(value, 2));
  return text;
}

}  // namespace

std::optional<double> score_with_missing_wrong(const JobSummary& job) {
  const size_t missing = job.failed + job.unparsed;
  if (missing == 0 || job.lower_is_better || !job.score) return std::nullopt;
  // A score that is not the mean of its samples has no such reading, nor one over a judge's cases,
  // of which a sample may hold several.
  if (job.score != job.values.mean() || job.scored + missing > job.planned) return std::nullopt;
  DecimalSum all = job.values;
  for (size_t i = 0; i < missing; ++i) all.add(0.0);
  return all.mean();
}

std::string missing_words(const JobSummary& job) {
  std::string words;
  const auto add = [&words](const char* between, size_t count, const char* what) {
    if (count == 0) return;
    words += (words.empty() ? "" : between) + std::to_string(count) + " " + what;
  };
  add("", job.truncated, "truncated");
  if (job.truncated > 0 && job.score_untruncated)
    words += " (without them " + fixed(*job.score_untruncated) + ")";
  add(", ", job.failed, "failed");
  add(job.failed > 0 ? " and " : ", ", job.unparsed, "unparsed");
  if (const auto wrong = score_with_missing_wrong(job))
    words += " (as wrong " + fixed(*wrong) + ")";
  return words;
}

}  // namespace loom
