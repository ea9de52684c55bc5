#include <iostream>

#include "app/cli/session.h"
#include "app/cli/verbs.h"
#include "core/base/text_file.h"
#include "core/export/figure_caption.h"
#include "core/export/run_export.h"
#include "core/report/charts.h"
#include "core/report/figure_files.h"

namespace loom::cli {
namespace {

namespace fs = std::filesystem;

constexpr double kPointsPerMm = 72.0 / 25.4;

struct Drawing {
  Figure figure;
  std::string csv;
};

Result<Drawing> draw(const std::string& chart, const RunQueries& queries, int64_t run, double width,
                     const FigureTheme& theme) {
  LOOM_TRY(RunSummary summary, queries.summary(run));
  if (chart == "radar") {
    RadarModel model = radar_model({summary}, RadarAxes::capabilities);
    return Drawing{draw_radar(model, width, width * 0.9, theme), to_csv(model)};
  }
  if (chart == "latency") {
    LatencyModel model = latency_model({summary}, true, 1);
    return Drawing{draw_latency(model, width, width * 0.8, theme), to_csv(model)};
  }
  if (chart == "length") {
    LengthCurveModel model = length_curve_model({summary});
    return Drawing{draw_length_curve(model, width, width * 0.7, theme), to_csv(model)};
  }
  if (chart == "heatmap") {
    LOOM_TRY(auto points, queries.points(run));
    auto models = heat_map_models(summary, points);
    if (models.empty())
      return Error{ErrorKind::not_found, "the run has no samples with a depth", "--chart heatmap",
                   "Needle benchmarks have depths, for example niah"};
    return Drawing{draw_heat_map(models.front(), width, width * 0.7, theme),
                   to_csv(models.front())};
  }
  return Error{ErrorKind::invalid_input, "there is no chart \"" + chart + "\"", "--chart",
               "radar, latency, length or heatmap"};
}

Result<std::string> caption(const std::string& chart, const RunQueries& queries, int64_t run) {
  LOOM_TRY(RunSummary summary, queries.summary(run));
  LOOM_TRY(Provenance provenance, queries.provenance(run));
  std::string what =
      chart == "latency"
          ? "Wall time by benchmark and model."
          : "Mean scores from 0 to 100" +
                std::string(chart == "radar" ? "." : " by length of the prompt in tokens.");
  if (chart == "radar" || chart == "length")
    what += " Intervals of 95 %: Wilson for right-or-wrong scores, otherwise bootstrap.";
  return what + "\n\n" + figure_provenance(summary, provenance) + "\n";
}

Result<std::vector<fs::path>> export_chart(const Session& session, int64_t run,
                                           const Invocation& invocation, const fs::path& folder) {
  LOOM_TRY(FigureFormat format, figure_format_from(invocation.text("as", "pdf")));
  LOOM_TRY(auto width_mm, invocation.number("width"));
  if (width_mm && (*width_mm < 20 || *width_mm > 2000))
    return Error{ErrorKind::invalid_input, "must lie between 20 and 2000 mm", "--width", ""};
  FigureTheme theme;
  theme.print = true;
  std::string chart = invocation.text("chart");
  LOOM_TRY(Drawing drawing,
           draw(chart, *session.queries, run, width_mm.value_or(84.0) * kPointsPerMm, theme));
  fs::path file = folder / (chart + "." + invocation.text("as", "pdf"));
  fs::path data = folder / (chart + ".csv");
  std::error_code ignored;
  fs::create_directories(folder, ignored);
  LOOM_CHECK(write_figure(drawing.figure, theme, format, file));
  LOOM_CHECK(write_file(data, drawing.csv));
  LOOM_TRY(std::string words, caption(chart, *session.queries, run));
  fs::path caption_file = folder / (chart + ".txt");
  LOOM_CHECK(write_file(caption_file, words));
  return std::vector{file, data, caption_file};
}

Result<std::vector<fs::path>> export_files(const Session& session, int64_t run,
                                           const std::string& format, const fs::path& folder) {
  if (format == "lm-eval") return write_lm_eval(*session.queries, run, folder);
  if (format == "helmet") return write_helmet(*session.queries, run, folder);
  if (format == "loom-scope") return write_loom_scope(*session.queries, run, folder);
  LOOM_TRY(RunSummary summary, session.queries->summary(run));
  std::error_code ignored;  // writing says what is wrong
  fs::create_directories(folder, ignored);
  std::string stem = "run-" + std::to_string(run);
  fs::path file;
  if (format == "csv") {
    file = folder / (stem + ".csv");
    LOOM_CHECK(write_file(file, score_table_csv(summary)));
  } else if (format == "markdown") {
    file = folder / (stem + ".md");
    LOOM_CHECK(write_file(file, score_table_markdown(summary)));
  } else if (format == "latex") {
    file = folder / (stem + ".tex");
    LOOM_CHECK(write_file(file, score_table_latex(summary)));
  } else if (format == "jsonl") {
    file = folder / (stem + ".jsonl");
    LOOM_CHECK(write_samples_jsonl(*session.queries, run, file));
  } else if (format == "loomrun") {
    file = folder / (stem + ".loomrun");
    LOOM_CHECK(write_bundle(*session.store, run, file));
  } else {
    return Error{ErrorKind::invalid_input, "there is no format \"" + format + "\"", "--format",
                 "report, loomrun, lm-eval, helmet, loom-scope, csv, jsonl, latex or markdown"};
  }
  return std::vector{file};
}

}  // namespace

Result<int> export_run(const Invocation& invocation) {
  if (invocation.positional.empty())
    return Error{ErrorKind::invalid_input, "needs a run's number", "RUN",
                 "loomscope-cli ls lists the runs"};
  LOOM_TRY(auto session, open_session(invocation));
  fs::path folder = invocation.text("output_dir", ".");
  if (invocation.has("import")) {
    LOOM_TRY(int64_t imported, read_bundle(*session->store, invocation.positional.front()));
    print_json(invocation, {{"run", imported}});
    return kFinished;
  }
  LOOM_TRY(int64_t run, run_number(invocation.positional.front()));
  std::vector<fs::path> files;
  std::string format = invocation.text("format");
  if (invocation.has("chart")) {
    LOOM_TRY(files, export_chart(*session, run, invocation, folder));
  } else if (format.empty() || format == "report") {
    LOOM_TRY(files, write_report(*session->queries, run, folder));
  } else {
    LOOM_TRY(files, export_files(*session, run, format, folder));
  }
  nlohmann::json written = nlohmann::json::array();
  for (const fs::path& file : files) written.push_back(file.string());
  if (invocation.has("json")) {
    print_json(invocation, {{"files", written}});
  } else {
    for (const fs::path& file : files) std::cout << file.string() << std::endl;
  }
  return kFinished;
}

}  // namespace loom::cli
