#include "core/evaluation/judged_summary.h"

#include <algorithm>
#include <optional>

#include "core/evaluation/summary_json.h"
#include "core/statistics/decimal.h"

namespace loom {
namespace {

using nlohmann::json;

// Parts may come from a file that somebody else wrote.
std::string text_part(const ScoredSample& sample, const char* name) {
  if (!sample.parts.is_object()) return "";
  const auto found = sample.parts.find(name);
  return found != sample.parts.end() && found->is_string() ? found->get<std::string>() : "";
}

bool stands_beside(const ScoredSample& sample) {
  return sample.parts.is_object() && sample.parts.value("beside", json()) == true;
}

// One sample for each pair, those without a partner apart: an answer that the other half was never
// given to is half a case.
std::optional<std::vector<ScoredSample>> merged_pairs(const std::vector<ScoredSample>& samples) {
  std::vector<ScoredSample> merged;
  std::map<std::string, std::pair<size_t, size_t>> places;  // pair → place in merged, halves
  bool any = false;
  for (const ScoredSample& sample : samples) {
    const std::string pair = text_part(sample, "pair");
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

using Figures = std::map<std::string, double>;

Figures figures_of(const ScoredSample& sample) {
  Figures read;
  if (sample.state != SampleState::done || !sample.parts.is_object()) return read;
  const auto figures = sample.parts.find("figures");
  if (figures == sample.parts.end() || !figures->is_object()) return read;
  for (const auto& [name, value] : figures->items())
    if (value.is_number() && value.get<double>() >= 0 && value.get<double>() <= 1)
      read[name] = value.get<double>() * 100;
  return read;
}

Figures mean_figures(const std::vector<ScoredSample>& samples) {
  std::map<std::string, DecimalSum> sums;
  for (const ScoredSample& sample : samples)
    for (const auto& [name, value] : figures_of(sample)) sums[name].add(value);
  std::map<std::string, double> means;
  for (const auto& [name, sum] : sums)
    if (const auto mean = sum.mean()) means[name] = *mean;
  return means;
}

// Over the questions that have both figures: answers without a partner tell nothing of a
// difference.
void add_ratios(const std::vector<ScoredSample>& samples, Figures& figures) {
  constexpr std::string_view kPlain = "_plain";
  std::map<std::string, Figures> questions;
  for (const ScoredSample& sample : samples)
    if (const std::string twin = text_part(sample, "twin"); !twin.empty())
      questions[twin].merge(figures_of(sample));
  std::map<std::string, std::pair<DecimalSum, DecimalSum>> sums;
  for (const auto& [twin, both] : questions)
    for (const auto& [name, plain] : both) {
      if (!name.ends_with(kPlain)) continue;
      const std::string of = name.substr(0, name.size() - kPlain.size());
      if (!both.contains(of)) continue;
      sums[of].first.add(both.at(of));
      sums[of].second.add(plain);
    }
  for (const auto& [name, sum] : sums) {
    const double plain = sum.second.mean().value_or(0);
    if (plain > 0) figures[name + "_ratio"] = 100 * sum.first.mean().value_or(0) / plain;
  }
}

// The samples that the score is a mean of, where those are not all.
std::optional<std::vector<ScoredSample>> cases(const std::vector<ScoredSample>& samples) {
  if (std::none_of(samples.begin(), samples.end(), stands_beside)) return merged_pairs(samples);
  std::vector<ScoredSample> left = samples;
  std::erase_if(left, stands_beside);
  if (auto merged = merged_pairs(left)) return merged;
  return left;
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
  const size_t length = summary.job.length_tokens;
  json row = {{"benchmark", summary.job.benchmark_id},
              {"task", summary.job.task},
              {"length", length > 0 ? json(length) : json()},
              {"model", summary.model_name},
              {"metric", summary.job.metric},
              {"metric_version", summary.job.judge_version},
              {"figures", judged.figures}};
  row.update(numbers_json(summary));
  return row;
}

JudgedSummary summarise_judged(const Job& job, const std::vector<ScoredSample>& samples,
                               size_t official_samples, uint64_t seed) {
  JudgedSummary judged;
  judged.summary = summarise_job(job, samples, false, official_samples, seed);
  judged.figures = mean_figures(samples);
  add_ratios(samples, judged.figures);
  if (const auto counted = cases(samples)) {
    const JobSummary whole = summarise_job(job, *counted, false, official_samples, seed);
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
