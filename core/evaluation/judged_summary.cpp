#include "core/evaluation/judged_summary.h"

#include <algorithm>
#include <optional>

#include "core/statistics/decimal.h"

namespace loom {
namespace {

using nlohmann::json;

// Parts may come from a file that somebody else wrote.
std::string pair_of(const ScoredSample& sample) {
  if (!sample.parts.is_object()) return "";
  const auto found = sample.parts.find("pair");
  return found != sample.parts.end() && found->is_string() ? found->get<std::string>() : "";
}

// One sample for each pair, those without a partner apart: an answer that the other half was never
// given to is half a case.
std::optional<std::vector<ScoredSample>> merged_pairs(const std::vector<ScoredSample>& samples) {
  std::vector<ScoredSample> merged;
  std::map<std::string, std::pair<size_t, size_t>> places;  // pair → place in merged, halves
  bool any = false;
  for (const ScoredSample& sample : samples) {
    const std::string pair = pair_of(sample);
    if (pair.empty()) continue;
    any = true;
    const auto [place, added] = places.try_emplace(pair, merged.size(), 0);
    ++place->second.second;
    if (added) {
      merged.push_back(sample);
      continue;
    }
    ScoredSample& whole = merged[place->second.first];
    const bool both = whole.value && sample.value && whole.state == SampleState::done &&
                      sample.state == SampleState::done;
    whole.value = both ? std::optional(std::min(*whole.value, *sample.value)) : std::nullopt;
    whole.truncated = whole.truncated || sample.truncated;
  }
  if (!any) return std::nullopt;
  for (const auto& [pair, place] : places)
    if (place.second < 2) merged[place.first].value.reset();
  return merged;
}

std::map<std::string, double> mean_figures(const std::vector<ScoredSample>& samples) {
  std::map<std::string, DecimalSum> sums;
  for (const ScoredSample& sample : samples) {
    if (sample.state != SampleState::done || !sample.parts.is_object()) continue;
    const auto figures = sample.parts.find("figures");
    if (figures == sample.parts.end() || !figures->is_object()) continue;
    for (const auto& [name, value] : figures->items())
      if (value.is_number() && value.get<double>() >= 0 && value.get<double>() <= 1)
        sums[name].add(value.get<double>() * 100);
  }
  std::map<std::string, double> means;
  for (const auto& [name, sum] : sums)
    if (const auto mean = sum.mean()) means[name] = *mean;
  return means;
}

}  // namespace

std::vector<JudgeDifference> judge_differences(std::span<const RunSummary> runs) {
  std::map<std::string, std::vector<std::string>> judges;  // by task
  for (const RunSummary& run : runs)
    for (const JobSummary& summary : run.jobs) {
      const Job& job = summary.job;
      if (job.judge_version == 0) continue;
      auto& seen = judges[job.benchmark_id + "/" + job.task];
      std::string judge = job.metric + ", version " + std::to_string(job.judge_version);
      if (std::find(seen.begin(), seen.end(), judge) == seen.end())
        seen.push_back(std::move(judge));
    }
  std::vector<JudgeDifference> differences;
  for (auto& [task, seen] : judges)
    if (seen.size() > 1) differences.push_back({task, std::move(seen)});
  return differences;
}

json judged_json(const JudgedSummary& judged) {
  const JobSummary& summary = judged.summary;
  const auto or_null = [](const std::optional<double>& value) {
    return value ? json(*value) : json();
  };
  const size_t length = summary.job.length_tokens;
  return {{"benchmark", summary.job.benchmark_id},
          {"task", summary.job.task},
          {"length", length > 0 ? json(length) : json()},
          {"model", summary.model_name},
          {"metric", summary.job.metric},
          {"metric_version", summary.job.judge_version},
          {"n", summary.scored},
          {"unparsed", summary.unparsed},
          {"failed", summary.failed},
          {"truncated", summary.truncated},
          {"score", or_null(summary.score)},
          {"low", or_null(summary.low)},
          {"high", or_null(summary.high)},
          {"interval", summary.interval},
          {"figures", judged.figures}};
}

JudgedSummary summarise_judged(const Job& job, const std::vector<ScoredSample>& samples,
                               size_t official_samples, uint64_t seed) {
  JudgedSummary judged;
  judged.summary = summarise_job(job, samples, false, official_samples, seed);
  judged.figures = mean_figures(samples);
  if (const auto pairs = merged_pairs(samples)) {
    const JobSummary whole = summarise_job(job, *pairs, false, official_samples, seed);
    judged.summary.scored = whole.scored;
    judged.summary.score = whole.score;
    judged.summary.values = whole.values;
    judged.summary.low = whole.low;
    judged.summary.high = whole.high;
    judged.summary.score_untruncated = whole.score_untruncated;
    judged.summary.interval = whole.interval;
  }
  return judged;
}

}  // namespace loom
