// Where a radar's circle and labels go: the largest circle with every label inside the figure.
#pragma once

#include <string>
#include <vector>

#include "core/report/figure_builder.h"

namespace loom {

struct RadarLabel {
  std::vector<std::string> lines;
  Align align = Align::center;
  double x = 0, top = 0, width = 0;  // x is of the alignment point
  bool warning = false;
  double left() const {
    return align == Align::left ? x : align == Align::right ? x - width : x - width / 2;
  }
};

struct RadarLayout {
  Point center;
  double radius = 0;
  std::vector<RadarLabel> labels;
  Point at(size_t axis, double value) const;  // value 0…100
  Point direction(size_t axis) const;
};

// `height` is what the plot may use of the figure, from its top.
RadarLayout lay_out_radar(const FigureBuilder& builder, const std::vector<std::string>& axes,
                          const std::vector<bool>& warnings, double height);

}  // namespace loom
