// Chart models from run summaries, and their figures. A table, a chart and an export of the same
// numbers share one model object.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/history/run_queries.h"
#include "core/report/figure.h"

namespace loom {

struct ChartValue {
  std::optional<double> value, low, high;  // 0…100
  size_t n = 0, truncated = 0, failed = 0;
};
struct ChartSeries {
  std::string label;
  std::vector<ChartValue> values;  // one per axis
};

struct RadarModel {  // also drawn as bars below three axes
  std::vector<std::string> axes;
  std::vector<ChartSeries> series;
};
enum class RadarAxes { capabilities, benchmarks, tasks };
RadarModel radar_model(const std::vector<RunSummary>& runs, RadarAxes axes);

struct LengthCurveModel {
  std::vector<size_t> lengths;  // ascending
  std::vector<ChartSeries> series;
  double effective_threshold = 85.6;  // RULER's rule: Llama-2-7b at 4k
  std::vector<std::optional<size_t>> effective_length;  // per series
};
LengthCurveModel length_curve_model(const std::vector<RunSummary>& runs);

struct HeatMapModel {  // one task: rows depth, columns length
  std::string task;
  std::vector<size_t> lengths;
  std::vector<double> depths;
  std::vector<std::vector<ChartValue>> cells;  // [depth][length]; no value: missing
};
std::vector<HeatMapModel> heat_map_models(const RunSummary& run,
                                          const std::vector<RunQueries::Point>& points);

struct LatencyRow {
  std::string label;  // benchmark or task
  std::vector<int> cells_jobs;
  struct Cell {
    double wall_s = 0;
    Timings timings;
    std::optional<double> prefill_tokens_per_s, decode_tokens_per_s;
    size_t peak_memory_bytes = 0, samples = 0;
  };
  std::vector<Cell> columns;  // one per model column
};
struct LatencyModel {
  std::vector<std::string> columns;
  std::vector<LatencyRow> rows;
  LatencyRow sum;
  std::string caption;  // devices x wall time
};
LatencyModel latency_model(const std::vector<RunSummary>& runs, bool by_task, size_t devices);

// width in points; 84 mm = 238.1 pt, 174 mm = 493.2 pt.
Figure draw_radar(const RadarModel& model, double width, double height, const FigureTheme& theme);
Figure draw_length_curve(const LengthCurveModel& model, double width, double height,
                         const FigureTheme& theme);
Figure draw_heat_map(const HeatMapModel& model, double width, double height,
                     const FigureTheme& theme);
Figure draw_latency(const LatencyModel& model, double width, double height,
                    const FigureTheme& theme);

// The data beside a figure; numbers with a point, RFC 4180.
std::string to_csv(const RadarModel& model);
std::string to_csv(const LengthCurveModel& model);
std::string to_csv(const HeatMapModel& model);
std::string to_csv(const LatencyModel& model);

}  // namespace loom
