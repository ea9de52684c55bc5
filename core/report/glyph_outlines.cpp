#include "core/report/glyph_outlines.h"

#include <cairo.h>

#include <cmath>
#include <memory>

#include "core/report/cairo_painter.h"

namespace loom {
namespace {

using OutlineSurface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using OutlineContext = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;
using Glyphs = std::unique_ptr<cairo_glyph_t, decltype(&cairo_glyph_free)>;
using Path = std::unique_ptr<cairo_path_t, decltype(&cairo_path_destroy)>;

constexpr size_t kBlank = SIZE_MAX;

// A thousandth of the font size is finer than any printer: whole numbers keep files small.
std::string points_of(const cairo_path_data_t* data) {
  std::string text;
  for (int i = 1; i < data->header.length; ++i)
    text += (i > 1 ? " " : "") + std::to_string(std::lround(data[i].point.x)) + " " +
            std::to_string(std::lround(data[i].point.y));
  return text;
}

std::string svg_path(const cairo_path_t& path) {
  std::string text;
  for (int i = 0; i < path.num_data; i += path.data[i].header.length) {
    const cairo_path_data_t* data = path.data + i;
    const int next = i + data->header.length;
    switch (data->header.type) {
      case CAIRO_PATH_MOVE_TO:
        // After closing, cairo moves to where it is already.
        if (next < path.num_data && path.data[next].header.type != CAIRO_PATH_MOVE_TO)
          text += "M" + points_of(data);
        break;
      case CAIRO_PATH_LINE_TO:
        text += "L" + points_of(data);
        break;
      case CAIRO_PATH_CURVE_TO:
        text += "C" + points_of(data);
        break;
      case CAIRO_PATH_CLOSE_PATH:
        text += "Z";
        break;
    }
  }
  return text;
}

// Empty for a blank; nothing where it cannot be drawn.
std::optional<std::string> outline_of(cairo_t* cairo, unsigned long index) {
  const cairo_glyph_t glyph{index, 0, 0};
  cairo_new_path(cairo);
  cairo_glyph_path(cairo, &glyph, 1);
  const Path path(cairo_copy_path(cairo), cairo_path_destroy);
  if (path->status != CAIRO_STATUS_SUCCESS) return std::nullopt;
  return svg_path(*path);
}

}  // namespace

// A piece's glyphs behind those that the line has; false where one cannot be drawn.
bool GlyphOutlines::add_piece(cairo_t* cairo, const FontPiece& piece, bool bold, Line& line) {
  const PieceFont piece_font(cairo, piece);
  cairo_scaled_font_t* font = cairo_get_scaled_font(cairo);
  cairo_glyph_t* found = nullptr;
  int count = 0;
  if (cairo_scaled_font_text_to_glyphs(font, 0, 0, piece.text.data(),
                                       static_cast<int>(piece.text.size()), &found, &count, nullptr,
                                       nullptr, nullptr) != CAIRO_STATUS_SUCCESS)
    return false;
  const Glyphs glyphs(found, cairo_glyph_free);
  for (int i = 0; i < count; ++i) {
    const cairo_glyph_t& glyph = found[i];
    if (glyph.index == 0) return false;
    const std::tuple key{piece.face, bold, glyph.index};
    if (!known_.contains(key)) {
      auto outline = outline_of(cairo, glyph.index);
      if (!outline) return false;
      known_[key] = outline->empty() ? kBlank : paths_.size();
      if (!outline->empty()) paths_.push_back(std::move(*outline));
    }
    if (known_[key] != kBlank) line.glyphs.push_back({known_[key], line.width + glyph.x});
  }
  cairo_text_extents_t extents;
  cairo_scaled_font_glyph_extents(font, found, count, &extents);
  line.width += extents.x_advance;
  return true;
}

std::optional<GlyphOutlines::Line> GlyphOutlines::line(const std::string& text, bool bold) {
  const OutlineSurface surface(cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, nullptr),
                               cairo_surface_destroy);
  const OutlineContext context(cairo_create(surface.get()), cairo_destroy);
  select_font(context.get(), theme_, kEm, bold);
  Line line;
  for (const FontPiece& piece : font_pieces(context.get(), text, theme_, bold))
    if (!piece.has_glyphs || !add_piece(context.get(), piece, bold, line)) return std::nullopt;
  return line;
}

}  // namespace loom
