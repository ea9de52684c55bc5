// Two to six runs, or models of a run, side by side: only tasks that all of them share, paired
// sample by sample.
#pragma once

#include "core/report/difference_chart.h"
#include "ui/pages/compare/compared_parts.h"

namespace loom::ui {

struct Disagreement {
  size_t other = 0;  // index into Comparison::compared, at least 1
  PairedSample pair;
};

struct Comparison {
  ComparedParts compared;             // the first is the baseline
  std::vector<RunSummary> summaries;  // of the shared jobs only, labelled with the part's name
  DifferenceModel differences;
  std::vector<Disagreement> disagreements;  // the widest first
  size_t tasks_shared = 0, tasks_left_out = 0, pairs = 0, unpaired = 0;
};

Result<Comparison> read_comparison(const RunQueries& queries,
                                   const std::vector<ComparedPart>& parts);

}  // namespace loom::ui
