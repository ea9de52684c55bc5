// Differences between runs per task: a dot with its 95 % interval around zero, the largest first.
#pragma once

#include "core/report/charts.h"
#include "core/statistics/intervals.h"

namespace loom {

struct DifferenceRow {
  std::string key, label;                               // "benchmark/task@length"
  std::vector<std::optional<PairedDifference>> values;  // one per series; none: too few pairs
};
// Hotspot keys are "row/series".
struct DifferenceModel {
  std::string baseline;             // each series minus this run, in points of 0…100
  std::vector<std::string> series;  // the other runs
  std::vector<DifferenceRow> rows;
};

// From the largest gain of the first series to its largest loss; rows without a value come last.
void sort_by_difference(DifferenceModel& model);
Figure draw_differences(const DifferenceModel& model, double width, double height,
                        const FigureTheme& theme);
ChartTable to_table(const DifferenceModel& model);

}  // namespace loom
