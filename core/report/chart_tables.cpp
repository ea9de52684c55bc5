#include "core/report/chart_text.h"
#include "core/report/charts.h"
#include "core/report/csv_text.h"

namespace loom {
namespace {

std::string optional_text(const std::optional<double>& value, int decimals) {
  return value ? number_text(*value, decimals) : "";
}

void add_value(std::vector<std::string>& row, const ChartValue& value) {
  row.insert(row.end(), {optional_text(value.value, 2), optional_text(value.low, 2),
                         optional_text(value.high, 2), std::to_string(value.n),
                         std::to_string(value.truncated), std::to_string(value.failed),
                         std::to_string(value.unparsed)});
}

std::vector<std::string> with_value_columns(std::vector<std::string> header) {
  header.insert(header.end(), {"Score", "Low", "High", "n", "Truncated", "Failed", "Unparsed"});
  return header;
}

ChartTable series_table(const std::string& axis, const std::vector<std::string>& names,
                        const std::vector<ChartSeries>& series, size_t name_columns) {
  ChartTable table{with_value_columns({"Series", axis}), {}, name_columns};
  for (const ChartSeries& one : series) {
    if (!one.visible) continue;
    for (size_t i = 0; i < names.size(); ++i) {
      table.rows.push_back({one.label, names[i]});
      add_value(table.rows.back(), one.values[i]);
    }
  }
  return table;
}

void add_latency_rows(ChartTable& table, const LatencyModel& model, const LatencyRow& row) {
  for (size_t i = 0; i < model.columns.size(); ++i) {
    const LatencyRow::Cell& cell = row.columns[i];
    table.rows.push_back(
        {row.label, model.columns[i], number_text(cell.wall_s, 3),
         number_text(cell.timings.tokenise_s, 3), number_text(cell.timings.prefill_new_s, 3),
         number_text(cell.timings.prefill_reused_s, 3), number_text(cell.timings.decode_s, 3),
         optional_text(cell.prefill_tokens_per_s, 2), optional_text(cell.decode_tokens_per_s, 2),
         std::to_string(cell.peak_memory_bytes), std::to_string(cell.samples)});
  }
}

void add_csv_line(std::string& csv, const std::vector<std::string>& fields) {
  for (size_t i = 0; i < fields.size(); ++i) csv += (i > 0 ? "," : "") + csv_field(fields[i]);
  csv += "\r\n";
}

}  // namespace

ChartTable to_table(const RadarModel& model) {
  return series_table("Axis", model.axes, model.series, 2);
}

ChartTable to_table(const LengthCurveModel& model) {
  std::vector<std::string> lengths;
  for (size_t length : model.lengths) lengths.push_back(std::to_string(length));
  ChartTable table = series_table("Length (tokens)", lengths, model.series, 1);
  const bool base = !model.base_scores.empty();
  if (!model.effective_threshold && !base) return table;
  if (base) table.header.insert(table.header.end(), {"Base score", "Threshold"});
  table.header.push_back("Effective length (tokens)");
  size_t row = 0;
  for (size_t i = 0; i < model.series.size(); ++i) {
    if (!model.series[i].visible) continue;
    std::string length =
        model.effective_length[i] ? std::to_string(*model.effective_length[i]) : "";
    for (size_t at = 0; at < lengths.size(); ++at, ++row) {
      if (base) {
        const auto& score = model.base_scores[i];
        table.rows[row].push_back(score ? number_text(*score, 1) : "");
        table.rows[row].push_back(score ? number_text(kEffectiveShare * *score, 1) : "");
      }
      table.rows[row].push_back(length);
    }
  }
  return table;
}

ChartTable to_table(const HeatMapModel& model) {
  ChartTable table{with_value_columns({"Depth (%)", "Length (tokens)"}), {}, 0};
  for (size_t row = 0; row < model.depths.size(); ++row) {
    for (size_t column = 0; column < model.lengths.size(); ++column) {
      table.rows.push_back(
          {number_text(model.depths[row], 1), std::to_string(model.lengths[column])});
      add_value(table.rows.back(), model.cells[row][column]);
    }
  }
  return table;
}

ChartTable to_table(const LatencyModel& model) {
  ChartTable table{
      {"Benchmark", "Model", "Wall time (s)", "Tokenise (s)", "Prefill (s)", "Prefill reused (s)",
       "Decode (s)", "Prefill (tokens/s)", "Decode (tokens/s)", "Peak memory (bytes)", "n"},
      {},
      2};
  for (const LatencyRow& row : model.rows) add_latency_rows(table, model, row);
  add_latency_rows(table, model, model.sum);
  return table;
}

std::string to_csv(const ChartTable& table) {
  std::string csv;
  add_csv_line(csv, table.header);
  for (const auto& row : table.rows) add_csv_line(csv, row);
  return csv;
}

std::string to_csv(const RadarModel& model) {
  return to_csv(to_table(model));
}
std::string to_csv(const LengthCurveModel& model) {
  return to_csv(to_table(model));
}
std::string to_csv(const HeatMapModel& model) {
  return to_csv(to_table(model));
}
std::string to_csv(const LatencyModel& model) {
  return to_csv(to_table(model));
}

}  // namespace loom
