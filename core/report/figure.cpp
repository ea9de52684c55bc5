#include "core/report/figure.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace loom {
namespace {

constexpr double kHatchSpacing = 4;

// Corners on a circle around the marker, first one at `start` degrees clockwise from the top.
Polyline corners(const Marker& marker, int count, double start, double radius,
                 double inner_radius = 0) {
  Polyline shape;
  shape.closed = true;
  shape.fill = marker.color;
  shape.stroke = {marker.color, 0, {}};
  int steps = inner_radius > 0 ? count * 2 : count;
  for (int i = 0; i < steps; ++i) {
    double angle = (start + 360.0 * i / steps) * std::numbers::pi / 180;
    double r = inner_radius > 0 && i % 2 == 1 ? inner_radius : radius;
    shape.points.push_back({marker.at.x + r * std::sin(angle), marker.at.y - r * std::cos(angle)});
  }
  return shape;
}

std::vector<Polyline> strokes(const Marker& marker, Point arm) {
  auto line = [&](double x, double y) {
    Polyline stroke;
    stroke.points = {{marker.at.x - x, marker.at.y - y}, {marker.at.x + x, marker.at.y + y}};
    stroke.stroke = {marker.color, std::max(1.0, marker.size * 0.28), {}};
    return stroke;
  };
  return {line(arm.x, arm.y), line(-arm.y, arm.x)};
}

}  // namespace

std::vector<Polyline> marker_outlines(const Marker& marker) {
  double r = marker.size / 2;
  switch (marker.shape) {
    case MarkerShape::circle:
      return {};
    case MarkerShape::square:
      return {corners(marker, 4, 45, r * 1.25)};
    case MarkerShape::diamond:
      return {corners(marker, 4, 0, r * 1.3)};
    case MarkerShape::triangle:
      return {corners(marker, 3, 0, r * 1.3)};
    case MarkerShape::triangle_down:
      return {corners(marker, 3, 180, r * 1.3)};
    case MarkerShape::star:
      return {corners(marker, 5, 0, r * 1.4, r * 0.6)};
    case MarkerShape::cross:
      return strokes(marker, {r * 0.85, r * 0.85});
    case MarkerShape::plus:
      return strokes(marker, {r * 1.15, 0});
  }
  return {};
}

std::vector<Polyline> hatch_lines(const Rectangle& rectangle) {
  std::vector<Polyline> lines;
  const double left = rectangle.x, top = rectangle.y;
  const double right = left + rectangle.width, bottom = top + rectangle.height;
  // Lines x + y = sum, on one raster for the whole figure, so that neighbours join.
  double sum = std::ceil((left + top) / kHatchSpacing) * kHatchSpacing;
  for (; sum < right + bottom; sum += kHatchSpacing) {
    Point from{std::min(right, sum - top), std::max(top, sum - right)};
    Point to{std::max(left, sum - bottom), std::min(bottom, sum - left)};
    if (from.x - to.x <= 0) continue;
    Polyline line;
    line.points = {from, to};
    line.stroke = {rectangle.stroke.color, 0.5, {}};
    lines.push_back(line);
  }
  return lines;
}

}  // namespace loom
