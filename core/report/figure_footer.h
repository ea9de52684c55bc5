// What stands below a chart: the legend and lines of explanation.
#pragma once

#include <string>
#include <vector>

#include "core/report/charts.h"
#include "core/report/figure_builder.h"

namespace loom {

struct FigureFooter {
  struct Entry {
    std::string label;
    bool visible = true;
  };
  std::vector<Entry> entries;  // one per series, in the order of the colours
  std::vector<std::string> notes;
  bool warning = false;  // explains the warning sign
  bool lines = true;     // samples are lines with markers, else squares of colour
};

std::vector<FigureFooter::Entry> legend_of(const std::vector<ChartSeries>& series);
bool has_incomplete(const std::vector<ChartSeries>& series);  // any truncated, failed, unparsed

double footer_height(const FigureBuilder& builder, const FigureFooter& footer);
// At the lower edge of the figure.
void draw_footer(FigureBuilder& builder, const FigureFooter& footer);

}  // namespace loom
