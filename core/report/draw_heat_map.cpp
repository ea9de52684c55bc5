#include <algorithm>
#include <cmath>

#include "core/report/charts.h"
#include "core/report/figure_builder.h"

namespace loom {
namespace {

struct Grid {
  double left = 0, top = 0, cell_width = 0, cell_height = 0;
  double right = 0, bottom = 0;
};

std::string depth_text(const FigureBuilder& b, double depth) {
  return number_text(depth, 0, b.theme) + " %";
}
double bar_width(const FigureBuilder& b) {
  return b.em() * 1.1;
}

Grid lay_out(FigureBuilder& b, const HeatMapModel& model) {
  Grid grid;
  auto rows = static_cast<double>(model.depths.size());
  auto columns = static_cast<double>(model.lengths.size());
  double right = bar_width(b) + b.small_width_of("100") + b.em() * 2;
  grid.left = b.line_height() * 1.3 + b.small_width_of("100 %") + b.em();
  grid.top = b.line_height() * 1.5;
  double below = b.line_height() * 3.6;
  b.figure.height = std::max(b.figure.height, grid.top + below + rows * b.line_height() * 0.8);
  grid.cell_width = (b.figure.width - grid.left - right) / columns;
  grid.cell_height = (b.figure.height - grid.top - below) / rows;
  grid.right = grid.left + grid.cell_width * columns;
  grid.bottom = grid.top + grid.cell_height * rows;
  return grid;
}

void draw_hatched(FigureBuilder& b, double x, double y, double width, double height) {
  Rectangle missing;
  missing.x = x;
  missing.y = y;
  missing.width = width;
  missing.height = height;
  missing.stroke = {b.colors.frame, 0.5, {}};
  missing.hatched = true;
  b.figure.marks.push_back(missing);
}

void draw_cell(FigureBuilder& b, const HeatMapModel& model, const Grid& grid, size_t row,
               size_t column) {
  const ChartValue& cell = model.cells[row][column];
  double x = grid.left + grid.cell_width * static_cast<double>(column);
  double y = grid.top + grid.cell_height * static_cast<double>(row);
  if (cell.value) {
    Color fill = heat_color(*cell.value, b.theme.dark && !b.theme.print);
    b.rectangle(x, y, grid.cell_width - 0.5, grid.cell_height - 0.5, fill);
    std::string value = number_text(*cell.value, 0, b.theme);
    Color black{0, 0, 0}, white{255, 255, 255};
    if (b.small_width_of(value) + 3 <= grid.cell_width && b.small_size() * 1.1 <= grid.cell_height)
      b.small_text({x + grid.cell_width / 2, y + grid.cell_height / 2}, value, Align::center,
                   contrast_ratio(black, fill) > contrast_ratio(white, fill) ? black : white);
  } else {
    draw_hatched(b, x, y, grid.cell_width - 0.5, grid.cell_height - 0.5);
  }
  std::string tip = length_text(model.lengths[column], b.theme) + ", " + b.words("depth") + " " +
                    depth_text(b, model.depths[row]) + ": " + value_text(cell, b.theme) + "\n" +
                    count_text(cell, b.theme);
  b.hotspot(x, y, grid.cell_width, grid.cell_height, tip,
            std::to_string(row) + "/" + std::to_string(column));
}

void draw_labels(FigureBuilder& b, const HeatMapModel& model, const Grid& grid) {
  double used = -1e9;
  for (size_t row = 0; row < model.depths.size(); ++row) {
    double y = grid.top + grid.cell_height * (static_cast<double>(row) + 0.5);
    if (y < used + b.line_height() * 0.95) continue;
    b.small_text({grid.left - b.em() * 0.5, y}, depth_text(b, model.depths[row]), Align::right,
                 b.colors.muted);
    used = y;
  }
  used = -1e9;
  for (size_t column = 0; column < model.lengths.size(); ++column) {
    double x = grid.left + grid.cell_width * (static_cast<double>(column) + 0.5);
    std::string label = length_text(model.lengths[column], b.theme);
    double half = b.small_width_of(label) / 2;
    if (x - half < used + b.em() * 0.5) continue;
    b.small_text({x, grid.bottom + b.line_height() * 0.65}, label, Align::center, b.colors.muted);
    used = x + half;
  }
  b.text({(grid.left + grid.right) / 2, grid.bottom + b.line_height() * 1.65},
         b.words("Length (tokens)"), Align::center, b.colors.text);
  b.vertical_text({b.line_height() * 0.6, (grid.top + grid.bottom) / 2}, b.words("Depth"),
                  b.colors.text);
}

void draw_key(FigureBuilder& b, const Grid& grid) {
  constexpr int steps = 50;
  double x = grid.right + b.em(), height = grid.bottom - grid.top;
  // Each step reaches down to the end: steps that only touch would show seams.
  for (int i = steps - 1; i >= 0; --i)
    b.rectangle(x, grid.bottom - height * (i + 1) / steps, bar_width(b), height * (i + 1) / steps,
                heat_color((i + 0.5) * 100.0 / steps, b.theme.dark && !b.theme.print));
  for (int score : {0, 50, 100}) {
    double inset = (score == 0 ? -1 : score == 100 ? 1 : 0) * b.small_size() * 0.4;
    b.small_text({x + bar_width(b) + b.em() * 0.4, grid.bottom - height * score / 100 + inset},
                 number_text(score, 0, b.theme), Align::left, b.colors.muted);
  }
  double y = b.figure.height - b.line_height() * 0.75, side = b.em();
  std::string missing = b.words("no samples");
  double left = (grid.left + grid.right - side * 1.5 - b.small_width_of(missing)) / 2;
  draw_hatched(b, left, y - side / 2, side, side);
  b.small_text({left + side * 1.5, y}, missing, Align::left, b.colors.muted);
}

}  // namespace

Figure draw_heat_map(const HeatMapModel& model, double width, double height,
                     const FigureTheme& theme) {
  FigureBuilder b(width, height, theme);
  b.figure.title = b.words("Score by length and depth");
  b.figure.description = model.label + ", " + model.task;
  if (model.lengths.empty() || model.depths.empty()) {
    b.message(b.words("No scores by depth yet"));
    return b.figure;
  }
  Grid grid = lay_out(b, model);
  b.text({grid.left, b.line_height() * 0.7},
         b.elided(model.task + " · " + model.label, width - grid.left - 2), Align::left,
         b.colors.text);
  for (size_t row = 0; row < model.depths.size(); ++row)
    for (size_t column = 0; column < model.lengths.size(); ++column)
      draw_cell(b, model, grid, row, column);
  draw_labels(b, model, grid);
  draw_key(b, grid);
  return b.figure;
}

}  // namespace loom
