#include "core/report/cairo_painter.h"

#include <numbers>

#include "core/report/font_pieces.h"

namespace loom {
namespace {

class Painter {
 public:
  Painter(cairo_t* cairo, const FigureTheme& theme) : cairo_(cairo), theme_(theme) {}

  void operator()(const Polyline& line) const {
    if (line.points.empty()) return;
    cairo_new_path(cairo_);
    for (const Point& point : line.points) cairo_line_to(cairo_, point.x, point.y);
    if (line.closed) cairo_close_path(cairo_);
    fill_and_stroke(line.fill, line.stroke);
  }

  void operator()(const Rectangle& rectangle) const {
    if (rectangle.hatched)
      for (const Polyline& line : hatch_lines(rectangle)) (*this)(line);
    cairo_new_path(cairo_);
    cairo_rectangle(cairo_, rectangle.x, rectangle.y, rectangle.width, rectangle.height);
    fill_and_stroke(rectangle.fill, rectangle.stroke);
  }

  void operator()(const Marker& marker) const {
    for (const Polyline& outline : marker_outlines(marker)) (*this)(outline);
    if (marker.shape != MarkerShape::circle) return;
    cairo_new_path(cairo_);
    cairo_arc(cairo_, marker.at.x, marker.at.y, marker.size / 2, 0, 2 * std::numbers::pi);
    fill_and_stroke(marker.color, {{0, 0, 0, 0}, 0, {}});
  }

  void operator()(const Text& text) const {
    select_font(cairo_, theme_, text.size, text.bold);
    const auto pieces = font_pieces(cairo_, text.text, theme_, text.bold);
    double share = text.align == Align::left ? 0 : text.align == Align::right ? 1 : 0.5;
    cairo_save(cairo_);
    cairo_translate(cairo_, text.at.x, text.at.y);
    cairo_rotate(cairo_, text.rotation * std::numbers::pi / 180);
    cairo_move_to(cairo_, -advance_of(cairo_, pieces) * share, 0);
    set_color(text.color);
    for (const FontPiece& piece : pieces) {
      const PieceFont font(cairo_, piece);
      cairo_show_text(cairo_, piece.text.c_str());  // and goes on where it ends
    }
    cairo_restore(cairo_);
  }

  void set_color(Color color) const {
    cairo_set_source_rgba(cairo_, color.r / 255.0, color.g / 255.0, color.b / 255.0,
                          color.a / 255.0);
  }

 private:
  void fill_and_stroke(Color fill, const Stroke& stroke) const {
    if (fill.a > 0) {
      set_color(fill);
      cairo_fill_preserve(cairo_);
    }
    if (stroke.width > 0 && stroke.color.a > 0) {
      set_color(stroke.color);
      cairo_set_line_width(cairo_, stroke.width);
      cairo_set_line_join(cairo_, CAIRO_LINE_JOIN_ROUND);
      cairo_set_dash(cairo_, stroke.dash.data(), static_cast<int>(stroke.dash.size()), 0);
      cairo_stroke_preserve(cairo_);
    }
    cairo_new_path(cairo_);
  }

  cairo_t* cairo_;
  const FigureTheme& theme_;
};

}  // namespace

void select_font(cairo_t* cairo, const FigureTheme& theme, double size, bool bold) {
  cairo_select_font_face(cairo, theme.font_family.c_str(), CAIRO_FONT_SLANT_NORMAL,
                         bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size(cairo, size);
  // Widths that do not depend on the resolution: what fits on the screen fits on paper.
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  cairo_set_font_options(cairo, options);
  cairo_font_options_destroy(options);
}

void paint_figure(cairo_t* cairo, const Figure& figure, const FigureTheme& theme) {
  Painter painter(cairo, theme);
  painter.set_color(figure.background);
  cairo_paint(cairo);
  for (const Mark& mark : figure.marks) std::visit(painter, mark);
}

}  // namespace loom
