// A drawing as a list of marks: the screen, PDF, SVG and PNG all paint this same list, and tests
// read it. Units are points (1/72 inch), y grows downwards.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace loom {

struct Color {
  uint8_t r = 0, g = 0, b = 0;
  uint8_t a = 255;
};
struct Point {
  double x = 0, y = 0;
};
enum class MarkerShape { circle, square, triangle, diamond, triangle_down, cross, plus, star };

struct Stroke {
  Color color;
  double width = 1;
  std::vector<double> dash;  // empty: solid
};
struct Polyline {
  std::vector<Point> points;
  bool closed = false;
  Stroke stroke;
  Color fill{0, 0, 0, 0};
};
struct Rectangle {
  double x = 0, y = 0, width = 0, height = 0;
  Color fill{0, 0, 0, 0};
  Stroke stroke{{0, 0, 0, 0}, 0, {}};
  bool hatched = false;  // missing data
};
struct Marker {
  Point at;
  MarkerShape shape = MarkerShape::circle;
  double size = 5;
  Color color;
};
enum class Align { left, center, right };
struct Text {
  Point at;  // of the alignment point on the baseline
  std::string text;
  double size = 8;
  Align align = Align::left;
  Color color;
  bool bold = false;
  double rotation = 0;  // degrees, clockwise
};
// A place that answers to pointer and keyboard: shows `tip`, and `key` says which data it is.
struct Hotspot {
  double x = 0, y = 0, width = 0, height = 0;
  std::string tip;
  std::string key;  // "series/axis", what a click opens
};
using Mark = std::variant<Polyline, Rectangle, Marker, Text>;

struct Figure {
  double width = 0, height = 0;
  Color background{255, 255, 255, 255};
  std::vector<Mark> marks;
  std::vector<Hotspot> hotspots;
  std::string title, description;  // for screen readers and document metadata
};

// Series colours in Okabe-Ito order, each with a second sign (marker, dash).
struct SeriesStyle {
  Color color;
  MarkerShape marker;
  std::vector<double> dash;
};
SeriesStyle series_style(size_t index, bool dark);

// Of a score from 0 to 100 in a heat map: high ones stand out from the background, dark on light or
// light on dark.
Color heat_color(double score, bool dark);

struct FigureTheme {
  bool dark = false;
  bool print = false;  // white, no grid fill; wins over dark
  double font_size = 8;
  std::string font_family = "DejaVu Sans";
  // The window's language for the words of a figure; English without it, as in exported files.
  std::string (*translate)(const char* english) = nullptr;
  // The window's locale for its numbers; with a point and no separators without it, as in exported
  // files.
  std::string (*number)(double value, int decimals) = nullptr;
};

// Colours that are not data. Text and muted text keep a contrast of 4.5:1 on the background.
struct FigureColors {
  Color background, text, muted, grid, frame, band, warning;
};
FigureColors figure_colors(const FigureTheme& theme);
// WCAG 2.1 contrast ratio of two opaque colours, 1…21.
double contrast_ratio(Color a, Color b);
// The colour seen where `over` (with its alpha) lies on an opaque `under`.
Color blend(Color over, Color under);

// Marks in terms of lines, so that every painter draws the same shapes. A circle has no outline of
// its own: painters have one; the list is empty for it.
std::vector<Polyline> marker_outlines(const Marker& marker);
// Diagonals over a hatched rectangle, clipped to it, in the colour of its stroke.
std::vector<Polyline> hatch_lines(const Rectangle& rectangle);

}  // namespace loom
