// Grouped horizontal bars: scores on fewer than three axes, and times.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/report/figure_footer.h"

namespace loom {

struct Bar {
  size_t series = 0;
  double length = 0;       // 0…1 of the axis
  double solid_share = 1;  // of the bar, from its start; the rest is drawn lighter
  std::optional<std::pair<double, double>> interval;
  std::string text;  // after the bar
  std::string tip, key;
};
struct BarGroup {
  std::string label;
  std::string warning;  // explains the sign before the label; empty: no sign
  std::vector<Bar> bars;
};
struct BarChart {
  std::vector<BarGroup> groups;
  std::vector<std::pair<double, std::string>> ticks;  // position 0…1, label
  std::string axis_title;
  FigureFooter footer;
};

// Fills the builder's figure; the figure grows when the bars need it.
void draw_bar_chart(FigureBuilder& builder, BarChart chart);

}  // namespace loom
