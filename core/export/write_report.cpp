// The files that a run leaves in its folder.
#include "core/base/text_file.h"
#include "core/export/exported_run.h"
#include "core/export/report_html.h"
#include "core/export/run_export.h"
#include "core/report/charts.h"
#include "core/report/figure_files.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

constexpr double kPageWidth = 174 * 72 / 25.4;  // points

Result<std::string> svg_element(const fs::path& file) {
  LOOM_TRY(std::string text, read_file(file));
  size_t start = text.find("<svg");
  return start == std::string::npos ? text : text.substr(start);
}

}  // namespace

Result<std::vector<fs::path>> write_report(const RunQueries& queries, int64_t run,
                                           const fs::path& folder, const WorkControl& control) {
  LOOM_CHECK(make_folder(folder));
  LOOM_TRY(RunSummary summary, queries.summary(run));
  LOOM_TRY(nlohmann::json results, results_json(queries, run));
  std::vector<fs::path> files = {folder / "results.json", folder / "samples.jsonl"};
  LOOM_CHECK(write_file(files[0], json_text(results, 2) + "\n"));
  LOOM_CHECK(write_samples_jsonl(queries, run, files[1], control.part(0, 0.9)));

  FigureTheme theme;
  theme.print = true;
  Figure radar = draw_radar(radar_model({summary}, RadarAxes::capabilities), kPageWidth,
                            kPageWidth * 0.75, theme);
  for (const char* format : {"svg", "pdf", "png"}) {
    files.push_back(folder / (std::string("radar.") + format));
    LOOM_TRY(FigureFormat kind, figure_format_from(format));
    LOOM_CHECK(write_figure(radar, theme, kind, files.back()));
    LOOM_CHECK(control.at(0.95));
  }
  LOOM_TRY(std::string svg, svg_element(folder / "radar.svg"));
  files.push_back(folder / "latency.csv");
  LOOM_CHECK(write_file(files.back(), to_csv(latency_model({summary}, true, 1))));
  files.push_back(folder / "report.html");
  LOOM_CHECK(write_file(files.back(), report_html(results, svg)));
  return files;
}

}  // namespace loom
