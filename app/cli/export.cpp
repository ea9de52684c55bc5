#include <iostream>

#include "app/cli/interrupt.h"
#include "app/cli/session.h"
#include "app/cli/verbs.h"
#include "core/base/text_file.h"
#include "core/export/figure_caption.h"
#include "core/export/run_export.h"
#include "core/report/charts.h"
#include "core/report/figure_files.h"
#include "core/report/pgfplots.h"

namespace loom::cli {
namespace {

namespace fs = std::filesystem;

constexpr double kPointsPerMm = 72.0 / 25.4;

// How a chart is written: as a picture, or as source text for LaTeX.
struct Paper {
  std::optional<FigureFormat> format;  // none: LaTeX
  double width = 0;                    // points
  FigureTheme theme;
};
struct Drawing {
  Figure figure;
  std::string tex, csv, caption;
};

template <typename Model, typename Draw>
Drawing drawing_of(const Model& model, Draw draw, double aspect, const Paper& paper) {
  Drawing drawing;
  const double height = paper.width * aspect;
  if (paper.format)
    drawing.figure = draw(model, paper.width, height, paper.theme);
  else
    drawing.tex = pgfplots(model, paper.width, height);
  drawing.csv = to_csv(to_table(model));
  drawing.caption = figure_caption(model);
  return drawing;
}

Result<Drawing> draw(const std::string& chart, const RunQueries& queries, const RunSummary& summary,
                     int64_t run, const Paper& paper) {
  if (chart == "radar")
    return drawing_of(radar_model({summary}, RadarAxes::capabilities), draw_radar, 0.9, paper);
  if (chart == "latency")
    return drawing_of(latency_model({summary}, true, 1), draw_latency, 0.8, paper);
  if (chart == "length")
    return drawing_of(length_curve_model({summary}), draw_length_curve, 0.7, paper);
  if (chart == "heatmap") {
    LOOM_TRY(auto points, queries.points(run));
    auto models = heat_map_models(summary, points);
    if (models.empty())
      return Error{ErrorKind::not_found, "the run has no samples with a depth", "--chart heatmap",
                   "Needle benchmarks have depths, for example niah"};
    return drawing_of(models.front(), draw_heat_map, 0.7, paper);
  }
  return Error{ErrorKind::invalid_input, "there is no chart \"" + chart + "\"", "--chart",
               "radar, latency, length or heatmap"};
}

Result<Paper> paper_of(const Invocation& invocation) {
  Paper paper;
  const std::string as = invocation.text("as", "pdf");
  if (as != "tex") {
    auto format = figure_format_from(as);
    if (!format)
      return Error{ErrorKind::invalid_input, format.error().message, "--as",
                   format.error().remedy + "; or tex, for LaTeX with pgfplots"};
    paper.format = *format;
  }
  LOOM_TRY(auto width_mm, invocation.number("width"));
  if (width_mm && (*width_mm < 20 || *width_mm > 2000))
    return Error{ErrorKind::invalid_input, "must lie between 20 and 2000 mm", "--width",
                 "84 mm is a column of most journals"};
  paper.width = width_mm.value_or(84.0) * kPointsPerMm;
  paper.theme.print = true;
  return paper;
}

Result<std::vector<fs::path>> export_chart(const Session& session, int64_t run,
                                           const Invocation& invocation, const fs::path& folder) {
  LOOM_TRY(const Paper paper, paper_of(invocation));
  LOOM_TRY(RunSummary summary, session.queries->summary(run));
  LOOM_TRY(Provenance provenance, session.queries->provenance(run));
  const std::string chart = invocation.text("chart");
  LOOM_TRY(Drawing drawing, draw(chart, *session.queries, summary, run, paper));
  const fs::path file = folder / (chart + "." + invocation.text("as", "pdf"));
  const fs::path data = folder / (chart + ".csv"), words = folder / (chart + ".txt");
  std::error_code ignored;
  fs::create_directories(folder, ignored);
  LOOM_CHECK(paper.format ? write_figure(drawing.figure, paper.theme, *paper.format, file)
                          : write_file(file, drawing.tex));
  LOOM_CHECK(write_file(data, drawing.csv));
  LOOM_CHECK(
      write_file(words, caption_file(drawing.caption, figure_provenance(summary, provenance))));
  return std::vector{file, data, words};
}

Result<std::vector<fs::path>> export_files(const Session& session, int64_t run,
                                           const std::string& format, const fs::path& folder) {
  if (format == "lm-eval") return write_lm_eval(*session.queries, run, folder);
  if (format == "helmet") return write_helmet(*session.queries, run, folder);
  if (format == "loom-scope") return write_loom_scope(*session.queries, run, folder);
  LOOM_TRY(RunSummary summary, session.queries->summary(run));
  LOOM_TRY(const Provenance provenance, session.queries->provenance(run));
  const std::string& rules = provenance.plan.rule_set;
  const std::string prompts = prompt_pack_name(provenance.plan);
  std::error_code ignored;  // writing says what is wrong
  fs::create_directories(folder, ignored);
  std::string stem = "run-" + std::to_string(run);
  fs::path file;
  if (format == "csv") {
    file = folder / (stem + ".csv");
    LOOM_CHECK(write_file(file, score_table_csv(summary, rules, prompts)));
  } else if (format == "markdown") {
    file = folder / (stem + ".md");
    LOOM_CHECK(write_file(file, score_table_markdown(summary, rules, prompts)));
  } else if (format == "latex") {
    file = folder / (stem + ".tex");
    LOOM_CHECK(write_file(file, score_table_latex(summary, rules, prompts)));
  } else if (format == "jsonl") {
    file = folder / (stem + ".jsonl");
    LOOM_CHECK(write_samples_jsonl(*session.queries, run, file));
  } else if (format == "loomrun") {
    file = folder / (stem + ".loomrun");
    LOOM_CHECK(write_bundle(*session.store, run, file, {interrupt_token(), {}}));
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
  for (const char* flag : {"as", "width"})
    if (invocation.has(flag) && !invocation.has("chart"))
      return Error{ErrorKind::invalid_input, "is for a chart, and none is named",
                   std::string("--") + flag, "Add --chart radar, latency, length or heatmap"};
  if (invocation.has("chart") && invocation.has("format"))
    return Error{ErrorKind::invalid_input, "is for a whole run, and a chart is named", "--format",
                 "A chart's format is --as; leave one of the two out"};
  LOOM_TRY(auto session,
           invocation.has("import") ? open_session(invocation) : open_to_read(invocation));
  fs::path folder = invocation.text("output_dir", ".");
  if (invocation.has("import")) {
    LOOM_TRY(int64_t imported,
             read_bundle(*session->store, invocation.positional.front(), {interrupt_token(), {}}));
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
