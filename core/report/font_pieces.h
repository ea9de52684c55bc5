// Which installed font draws which part of a text: the figure's own where it has the characters,
// another one where it has not. Names of models and tasks come in any script.
#pragma once

#include <cairo.h>

#include <memory>
#include <string>
#include <vector>

#include "core/report/figure.h"

namespace loom {

using FontFace = std::shared_ptr<cairo_font_face_t>;

struct FontPiece {
  std::string text;
  FontFace face;           // nothing: the figure's own
  bool has_glyphs = true;  // false: no installed font has these characters
};

// In the order of the text. `cairo` has the figure's own font; see select_font.
std::vector<FontPiece> font_pieces(cairo_t* cairo, const std::string& text,
                                   const FigureTheme& theme, bool bold);

// Puts a piece's font into the context, in the size that is there, and takes it out again.
class PieceFont {
 public:
  PieceFont(cairo_t* cairo, const FontPiece& piece);
  ~PieceFont();
  PieceFont(const PieceFont&) = delete;
  PieceFont& operator=(const PieceFont&) = delete;

 private:
  cairo_t* cairo_;
  FontFace before_;
};

// How far all pieces together reach.
double advance_of(cairo_t* cairo, const std::vector<FontPiece>& pieces);

}  // namespace loom
