// Puts marks into a figure: what all charts share. Distances follow the font size.
#pragma once

#include <string>
#include <vector>

#include "core/report/chart_text.h"
#include "core/report/figure.h"
#include "core/report/figure_files.h"

namespace loom {

class FigureBuilder {
 public:
  FigureBuilder(double width, double height, const FigureTheme& theme);

  void line(Point from, Point to, Stroke stroke);
  void polyline(std::vector<Point> points, bool closed, Stroke stroke, Color fill = {0, 0, 0, 0});
  void rectangle(double x, double y, double width, double height, Color fill);
  void marker(Point at, size_t series, Color color);
  // The series' second sign on a bar of its colour, which begins at `x`; none on very short bars.
  void bar_marker(double x, double middle, double length, size_t series);
  // `at` is the middle of the line of text in height.
  void text(Point at, const std::string& text, Align align, Color color, bool bold = false);
  void small_text(Point at, const std::string& text, Align align, Color color);
  void vertical_text(Point at, const std::string& text, Color color);
  // A triangle with an exclamation mark.
  void warning_sign(Point at);
  void hotspot(double x, double y, double width, double height, std::string tip, std::string key);
  // A square around a marker, large enough for a finger.
  void hotspot_around(Point at, std::string tip, std::string key);
  void message(const std::string& text);  // in the middle, when there is nothing to draw

  double em() const { return theme.font_size; }
  double line_height() const { return theme.font_size * 1.35; }
  double small_size() const { return theme.font_size * 0.9; }
  double width_of(const std::string& text, bool bold = false) const;
  double small_width_of(const std::string& text) const;
  // The text, cut with an ellipsis where it is wider than `width`.
  std::string elided(const std::string& text, double width) const;
  std::string words(const char* english) const { return word(english, theme); }
  SeriesStyle style(size_t series) const {
    return series_style(series, theme.dark && !theme.print);
  }
  static Color faint(Color color, double share);

  Figure figure;
  const FigureTheme theme;
  const FigureColors colors;
};

}  // namespace loom
