// One job's samples in numbers: its score with an interval, its states, times and tokens.
#include <algorithm>
#include <cmath>

#include "core/base/random.h"
#include "core/evaluation/run_summary.h"
#include "core/statistics/intervals.h"

namespace loom {
namespace {

struct Values {
  std::vector<double> all, untruncated;
};

Values percent_values(const std::vector<ScoredSample>& samples) {
  Values values;
  for (const ScoredSample& sample : samples) {
    if (sample.state != SampleState::done || !sample.value) continue;
    values.all.push_back(*sample.value * 100);
    if (!sample.truncated) values.untruncated.push_back(*sample.value * 100);
  }
  return values;
}

void add_interval(JobSummary& summary, const std::vector<double>& values, bool binary,
                  uint64_t seed) {
  if (values.empty()) return;
  // Resampling values that are all alike would claim certainty. Where a graded metric happened to
  // give only 0 and 1 they are proportions, and Wilson's interval tells how little n values say.
  bool all_or_nothing = std::all_of(values.begin(), values.end(),
                                    [](double value) { return value == 0 || value == 100; });
  if (binary || all_or_nothing) {
    auto successes = static_cast<size_t>(
        std::count_if(values.begin(), values.end(), [](double v) { return v > 50; }));
    Interval interval = wilson(successes, values.size());
    summary.low = interval.low * 100;
    summary.high = interval.high * 100;
    summary.interval = "wilson";
  } else if (auto interval = bootstrap_mean(values, seed)) {
    summary.low = interval->low;
    summary.high = interval->high;
    summary.interval = "bootstrap";
  }
}

std::optional<double> percent(std::optional<double> value) {
  if (value) *value *= 100;
  return value;
}

// The metric's own score of the whole task, and its percentile bootstrap over the samples.
void score_whole(JobSummary& summary, const std::vector<ScoredSample>& samples, WholeScore whole,
                 uint64_t seed) {
  constexpr size_t kResamples = 1000;
  std::vector<const nlohmann::json*> all, untruncated;
  for (const ScoredSample& sample : samples) {
    if (sample.state != SampleState::done || !sample.value) continue;
    all.push_back(&sample.parts);
    if (!sample.truncated) untruncated.push_back(&sample.parts);
  }
  summary.score = percent(whole(all));
  summary.score_untruncated = percent(whole(untruncated));
  if (all.size() < 2) return;
  Random random(seed, "whole score");
  std::vector<double> scores;
  std::vector<const nlohmann::json*> drawn(all.size());
  for (size_t i = 0; i < kResamples; ++i) {
    for (auto& one : drawn) one = all[random.below(all.size())];
    if (auto score = percent(whole(drawn))) scores.push_back(*score);
  }
  if (scores.empty()) return;
  std::sort(scores.begin(), scores.end());
  summary.low = scores[scores.size() * 25 / 1000];
  summary.high = scores[std::min(scores.size() - 1, scores.size() * 975 / 1000)];
  summary.interval = "bootstrap";
}

}  // namespace

JobSummary summarise_job(const Job& job, const std::vector<ScoredSample>& samples, bool binary,
                         size_t official_samples, uint64_t seed, WholeScore whole,
                         bool lower_is_better) {
  JobSummary summary;
  summary.job = job;
  summary.lower_is_better = lower_is_better;
  summary.planned = job.samples;
  Values values = percent_values(samples);
  summary.scored = values.all.size();
  for (const double value : values.all) summary.values.add(value);
  summary.score = summary.values.mean();
  summary.score_untruncated = decimal_mean(values.untruncated);
  if (whole) {
    score_whole(summary, samples, whole, seed);
  } else {
    add_interval(summary, values.all, binary, seed);
  }
  for (const ScoredSample& sample : samples) {
    summary.failed += sample.state == SampleState::failed;
    summary.cancelled += sample.state == SampleState::cancelled;
    summary.truncated += sample.truncated;
    summary.remembered += sample.remembered;
    summary.unparsed += sample.state == SampleState::done && !sample.value;
    summary.timings.tokenise_s += sample.timings.tokenise_s;
    summary.timings.prefill_new_s += sample.timings.prefill_new_s;
    summary.timings.prefill_reused_s += sample.timings.prefill_reused_s;
    summary.timings.decode_s += sample.timings.decode_s;
    summary.tokens_prefilled += sample.tokens_prefilled;
    summary.tokens_reused += sample.tokens_reused;
    summary.tokens_generated += sample.tokens_generated;
    summary.peak_memory_bytes = std::max(summary.peak_memory_bytes, sample.peak_memory_bytes);
  }
  summary.fewer_than_official = official_samples > 0 && job.samples < official_samples;
  return summary;
}

}  // namespace loom
