#include "core/report/figure_builder.h"

#include <algorithm>
#include <cmath>

namespace loom {
namespace {

// To the middle of lower-case letters and digits, as a share of the font size.
constexpr double kMiddleAboveBaseline = 0.35;

size_t previous_character(const std::string& text, size_t end) {
  while (end > 0 && (static_cast<unsigned char>(text[--end]) & 0xC0) == 0x80) {
  }
  return end;
}

}  // namespace

FigureBuilder::FigureBuilder(double width, double height, const FigureTheme& figure_theme)
    : theme(figure_theme), colors(figure_colors(figure_theme)) {
  figure.width = width;
  figure.height = height;
  figure.background = colors.background;
}

void FigureBuilder::line(Point from, Point to, Stroke stroke) {
  polyline({from, to}, false, std::move(stroke));
}

void FigureBuilder::polyline(std::vector<Point> points, bool closed, Stroke stroke, Color fill) {
  figure.marks.push_back(Polyline{std::move(points), closed, std::move(stroke), fill});
}

void FigureBuilder::rectangle(double x, double y, double width, double height, Color fill) {
  Rectangle mark;
  mark.x = x;
  mark.y = y;
  mark.width = width;
  mark.height = height;
  mark.fill = fill;
  figure.marks.push_back(mark);
}

void FigureBuilder::marker(Point at, size_t series, Color color) {
  figure.marks.push_back(Marker{at, style(series).marker, em() * 0.68, color});
}

void FigureBuilder::bar_marker(double x, double middle, double length, size_t series) {
  if (length < em() * 1.2) return;
  Color black{0, 0, 0}, white{255, 255, 255}, bar = style(series).color;
  marker({x + em() * 0.6, middle}, series,
         contrast_ratio(black, bar) > contrast_ratio(white, bar) * 1.5 ? black : white);
}

void FigureBuilder::text(Point at, const std::string& text, Align align, Color color, bool bold) {
  at.y += em() * kMiddleAboveBaseline;
  figure.marks.push_back(Text{at, text, em(), align, color, bold, 0});
}

void FigureBuilder::small_text(Point at, const std::string& text, Align align, Color color) {
  at.y += small_size() * kMiddleAboveBaseline;
  figure.marks.push_back(Text{at, text, small_size(), align, color, false, 0});
}

void FigureBuilder::vertical_text(Point at, const std::string& text, Color color) {
  at.x += em() * kMiddleAboveBaseline;
  figure.marks.push_back(Text{at, text, em(), Align::center, color, false, -90});
}

void FigureBuilder::warning_sign(Point at) {
  double r = em() * 0.55;
  polyline({{at.x, at.y - r}, {at.x + r, at.y + r * 0.8}, {at.x - r, at.y + r * 0.8}}, true,
           {colors.warning, 0.8, {}});
  line({at.x, at.y - r * 0.35}, {at.x, at.y + r * 0.25}, {colors.warning, 0.9, {}});
  line({at.x, at.y + r * 0.42}, {at.x, at.y + r * 0.58}, {colors.warning, 0.9, {}});
}

void FigureBuilder::hotspot(double x, double y, double width, double height, std::string tip,
                            std::string key) {
  figure.hotspots.push_back({x, y, width, height, std::move(tip), std::move(key)});
}

void FigureBuilder::hotspot_around(Point at, std::string tip, std::string key) {
  double side = em() * 1.5;
  hotspot(at.x - side / 2, at.y - side / 2, side, side, std::move(tip), std::move(key));
}

void FigureBuilder::message(const std::string& said) {
  text({figure.width / 2, figure.height / 2}, elided(said, figure.width - em()), Align::center,
       colors.muted);
}

double FigureBuilder::width_of(const std::string& said, bool bold) const {
  return text_width(said, em(), theme, bold);
}

double FigureBuilder::small_width_of(const std::string& said) const {
  return text_width(said, small_size(), theme);
}

std::string FigureBuilder::elided(const std::string& said, double width) const {
  if (width_of(said) <= width) return said;
  size_t end = said.size();
  while (end > 0) {
    end = previous_character(said, end);
    std::string shorter = said.substr(0, end) + "…";
    if (width_of(shorter) <= width) return shorter;
  }
  return "…";
}

Color FigureBuilder::faint(Color color, double share) {
  color.a = static_cast<uint8_t>(std::lround(255 * share));
  return color;
}

}  // namespace loom
