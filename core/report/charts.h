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
  size_t n = 0, truncated = 0, failed = 0, unparsed = 0;

  size_t incomplete() const { return truncated + failed + unparsed; }
};
struct ChartSeries {
  std::string label;
  std::vector<ChartValue> values;  // one per axis
  bool visible = true;             // switched off in the legend; keeps its colour and place
  size_t run = 0, column = 0;      // indices into the summaries it was made from
};

// Hotspot keys are "series/axis" (indices into the model), legend entries "legend/series".
struct RadarModel {  // also drawn as bars below three axes
  std::vector<std::string> axes;
  std::vector<std::string> axis_keys;  // GroupScore::key of each axis
  std::vector<ChartSeries> series;
};
enum class RadarAxes { capabilities, benchmarks, tasks };
// Axes in order of first appearance; a column without an axis has no value there.
RadarModel radar_model(const std::vector<RunSummary>& runs, RadarAxes axes);

struct LengthCurveModel {
  std::vector<size_t> lengths;  // ascending
  std::vector<ChartSeries> series;
  // RULER's rule: the longest length that scores above Llama-2-7b at 4k. Empty when the scores
  // are not RULER's alone.
  std::optional<double> effective_threshold;
  std::vector<std::optional<size_t>> effective_length;  // per series
  // NoLiMa's rule, for the curve of one of its tasks: each series has a base score, 0…100, and the
  // longest length that keeps kEffectiveShare of it is its effective one. Empty in other curves.
  std::vector<std::optional<double>> base_scores;
  std::string benchmark;  // whose tasks these are; empty: all benchmarks
  std::string task;       // "benchmark/task"; empty: all tasks
};
// benchmark: whose tasks; empty: all that have lengths.
LengthCurveModel length_curve_model(const std::vector<RunSummary>& runs,
                                    const std::string& benchmark = {});
// Benchmarks with lengths, in order of first appearance.
std::vector<std::string> benchmarks_with_lengths(const RunSummary& run);
// Tasks whose lengths are measured against a base score, in order of first appearance.
std::vector<std::string> tasks_with_base_score(const RunSummary& run);
LengthCurveModel base_score_curve_model(const RunSummary& run, const std::string& task);

struct HeatMapModel {  // one task of one column: rows depth, columns length
  std::string task;    // "benchmark/task"
  std::string label;   // model, server and augmentation
  size_t column = 0;   // index into RunSummary::columns
  std::vector<size_t> lengths;
  std::vector<double> depths;
  std::vector<std::vector<ChartValue>> cells;  // [depth][length]; no value: missing
};
// Depths are 0 (start of the document) to 100 (its end); more than 21 different ones are gathered
// into tenths. Hotspot keys are "depth/length".
std::vector<HeatMapModel> heat_map_models(const RunSummary& run,
                                          const std::vector<RunQueries::Point>& points);

struct LatencyRow {
  std::string label;  // benchmark or task
  std::string key;    // benchmark id or "benchmark/task"
  struct Cell {
    double wall_s = 0;  // of its jobs; those that shared a device at the same time count once
    Timings timings;
    std::optional<double> prefill_tokens_per_s, decode_tokens_per_s;
    size_t peak_memory_bytes = 0, samples = 0;
  };
  std::vector<Cell> columns;  // one per model column
};
// Hotspot keys are "row/column".
struct LatencyModel {
  std::vector<std::string> columns;
  std::vector<LatencyRow> rows;
  LatencyRow sum;
  size_t devices = 1;
  // Jobs at work at the same time count once on the clock, and once for a device they share. No
  // wall time where older versions stored runs on several devices.
  std::optional<double> wall_s;
  double device_s = 0;
  size_t remembered = 0;  // answers of earlier runs, with the times of those
};
// devices: of runs that older versions stored; newer ones know their own.
LatencyModel latency_model(const std::vector<RunSummary>& runs, bool by_task, size_t devices);
// Devices × wall time.
std::string latency_caption(const LatencyModel& model, const FigureTheme& theme = {});

// Sizes in points; a figure grows beyond `height` when its rows or legend need it. 84 mm = 238.1
// pt, 174 mm = 493.2 pt.
Figure draw_radar(const RadarModel& model, double width, double height, const FigureTheme& theme);
Figure draw_length_curve(const LengthCurveModel& model, double width, double height,
                         const FigureTheme& theme);
Figure draw_heat_map(const HeatMapModel& model, double width, double height,
                     const FigureTheme& theme);
Figure draw_latency(const LatencyModel& model, double width, double height,
                    const FigureTheme& theme);

// What a figure shows, as rows of text; numbers with a point.
struct ChartTable {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
  size_t names = 0;  // the first columns are names, whatever they look like; the others numbers
};
ChartTable to_table(const RadarModel& model);
ChartTable to_table(const LengthCurveModel& model);
ChartTable to_table(const HeatMapModel& model);
ChartTable to_table(const LatencyModel& model);

// The table beside a figure as RFC 4180.
std::string to_csv(const ChartTable& table);
std::string to_csv(const RadarModel& model);
std::string to_csv(const LengthCurveModel& model);
std::string to_csv(const HeatMapModel& model);
std::string to_csv(const LatencyModel& model);

// h:mm:ss; below ten seconds with a tenth, "9.4 s".
std::string duration_text(double seconds, const FigureTheme& theme = {});
// "4k" for 4096, "4,000"-like values as they are.
std::string length_text(size_t tokens, const FigureTheme& theme = {});

}  // namespace loom
