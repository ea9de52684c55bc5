// What a judge's verdicts on the answers of a job come to.
#pragma once

#include <map>

#include "core/evaluation/run_summary.h"

namespace loom {

struct JudgedSummary {
  JobSummary summary;
  // 0…100, each a mean over the samples that have it; a ratio may be more than 100.
  std::map<std::string, double> figures;
};

// Read of the samples' parts: "pair", a text: samples that share one count as one, with the lowest
// value, and only when each of them has a verdict; "figures", an object of numbers from 0 to 1;
// "beside", true: the sample is no case of the score, only its figures count; "twin", a text:
// samples of one question, whose figures "x" and "x_plain" make "x_ratio", per cent of one sum in
// the other.
// What else the parts hold is for readers.
JudgedSummary summarise_judged(const Job& job, const std::vector<ScoredSample>& samples,
                               size_t official_samples, uint64_t seed);
// A task whose scores in several runs come from different judges or rubrics: their difference is no
// difference of models.
struct JudgeDifference {
  std::string task;                 // "longsafety/longsafety"
  std::vector<std::string> judges;  // "judge_longsafety:MODEL, version 1"
};
std::vector<JudgeDifference> judge_differences(std::span<const RunSummary> runs);

// As results and exports show it: "metric" and "metric_version" name the judge and its rubric.
nlohmann::json judged_json(const JudgedSummary& judged);

}  // namespace loom
