// How long figures take to draw and to write.
#include <cmath>
#include <cstdio>

#include "core/report/charts.h"
#include "core/report/figure_files.h"
#include "tests/bench/calibration.h"
#include "tests/core/report/example_summaries.h"
#include "tests/support/test_folders.h"

using namespace loom;

namespace {

double sines_per_second() {
  constexpr int kCount = 10'000'000;
  double sum = 0;
  const double seconds = bench::quickest(3, [&] {
    for (int i = 0; i < kCount; ++i) sum += std::sin(i * 0.001);
  });
  return std::isfinite(sum) ? kCount / seconds : 0;
}

}  // namespace

int main() {
  testing::TemporaryFolder folder;
  FigureTheme theme;
  theme.print = true;
  const RunSummary run = test::run_with({"first", "second", "third", "fourth"},
                                        {"faithfulness", "general", "reasoning", "retrieval", "generation", "specialization"});
  const RadarModel radar = radar_model({run}, RadarAxes::capabilities);
  const LatencyModel latency = latency_model({test::timed_run()}, true, 1);
  const auto heat = heat_map_models(test::needle_run(), test::needle_points());
  std::printf("calibration: %.0f million sines/s\n", sines_per_second() / 1e6);
  std::printf("%-12s %10s %10s %10s %10s   (ms)\n", "", "draw", "PDF", "SVG", "PNG");
  auto row = [&](const char* name, auto draw) {
    const Figure figure = draw();
    std::printf("%-12s %10.2f", name, bench::quickest(20, [&] { (void)draw(); }) * 1000);
    for (FigureFormat format : {FigureFormat::pdf, FigureFormat::svg, FigureFormat::png})
      std::printf(" %10.2f", 1000 * bench::quickest(5, [&] {
                    (void)write_figure(figure, theme, format, folder.path() / "figure");
                  }));
    std::printf("\n");
  };
  row("radar", [&] { return draw_radar(radar, 480, 360, theme); });
  row("latency", [&] { return draw_latency(latency, 480, 360, theme); });
  if (!heat.empty()) row("heat map", [&] { return draw_heat_map(heat.front(), 480, 360, theme); });
  return 0;
}
