// The caption beside an exported figure, in English as the figure's own words: what it shows, and
// below that what it was made from. The window and the command line write the same.
#pragma once

#include "core/history/run_queries.h"
#include "core/report/charts.h"
#include "core/report/difference_chart.h"

namespace loom {

// What is shown, in which unit, with which interval.
std::string figure_caption(const RadarModel& model);
std::string figure_caption(const LengthCurveModel& model);
std::string figure_caption(const HeatMapModel& model);
std::string figure_caption(const LatencyModel& model);
std::string figure_caption(const DifferenceModel& model);
// How many samples, what was left out, the models by the hash of their weights, the rules and the
// versions.

std::string figure_provenance(const RunSummary& run, const Provenance& provenance);
// The text of the file: both, the second where there is one.
std::string caption_file(const std::string& caption, const std::string& provenance);

}  // namespace loom
