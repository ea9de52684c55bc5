// Texts as the outlines of their glyphs, for files that must look the same where the font is not
// installed.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "core/report/font_pieces.h"

namespace loom {

class GlyphOutlines {
 public:
  static constexpr double kEm = 1000;  // all lengths are in thousandths of the font size

  explicit GlyphOutlines(const FigureTheme& theme) : theme_(theme) {}

  struct Placed {
    size_t outline = 0;  // of paths()
    double x = 0;
  };
  struct Line {
    std::vector<Placed> glyphs;  // without blanks
    double width = 0;
  };
  // Nothing where no installed font has a glyph for one of the characters.
  std::optional<Line> line(const std::string& text, bool bold);
  // What every glyph that was asked for looks like, each once: data of an SVG path.
  const std::vector<std::string>& paths() const { return paths_; }

 private:
  bool add_piece(cairo_t* cairo, const FontPiece& piece, bool bold, Line& line);

  const FigureTheme& theme_;
  std::map<std::tuple<FontFace, bool, unsigned long>, size_t> known_;  // font, bold, index in it
  std::vector<std::string> paths_;
};

}  // namespace loom
