// Charts as source text for LaTeX with pgfplots: a tikzpicture to \input, drawn from the same model
// as the figure. Sizes in points (1/72 inch).
#pragma once

#include "core/report/charts.h"

namespace loom {

std::string pgfplots(const RadarModel& model, double width, double height);
std::string pgfplots(const LengthCurveModel& model, double width, double height);
std::string pgfplots(const HeatMapModel& model, double width, double height);
std::string pgfplots(const LatencyModel& model, double width, double height);

}  // namespace loom
