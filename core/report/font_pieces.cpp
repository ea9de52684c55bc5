#include "core/report/font_pieces.h"

#include <cairo-ft.h>
#include <fontconfig/fontconfig.h>

#include <algorithm>
#include <map>

namespace loom {
namespace {

using FontPattern = std::unique_ptr<FcPattern, decltype(&FcPatternDestroy)>;
using CharacterSet = std::unique_ptr<FcCharSet, decltype(&FcCharSetDestroy)>;

constexpr size_t kMostRemembered = 4096;  // characters

FontFace shared_face(cairo_font_face_t* face) {
  return {face, cairo_font_face_destroy};
}

const FcChar8* bytes_of(const std::string& text) {
  return reinterpret_cast<const FcChar8*>(text.c_str());
}

// The font that is most like the figure's own among those that have the character; nothing where
// none has. Fonts of pictures (emoji) have no outlines and are no use to a figure.
FontPattern find_font(const std::string& family, bool bold, FcChar32 character) {
  const FontPattern wanted(FcPatternCreate(), FcPatternDestroy);
  const CharacterSet characters(FcCharSetCreate(), FcCharSetDestroy);
  FcCharSetAddChar(characters.get(), character);
  FcPatternAddString(wanted.get(), FC_FAMILY, bytes_of(family));
  FcPatternAddCharSet(wanted.get(), FC_CHARSET, characters.get());
  FcPatternAddInteger(wanted.get(), FC_WEIGHT, bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
  FcPatternAddInteger(wanted.get(), FC_SLANT, FC_SLANT_ROMAN);
  FcPatternAddBool(wanted.get(), FC_OUTLINE, FcTrue);
  FcPatternAddBool(wanted.get(), FC_COLOR, FcFalse);
  FcConfigSubstitute(nullptr, wanted.get(), FcMatchPattern);
  FcDefaultSubstitute(wanted.get());
  FcResult result = FcResultNoMatch;
  FontPattern found(FcFontMatch(nullptr, wanted.get(), &result), FcPatternDestroy);
  FcCharSet* has = nullptr;
  FcBool outline = FcFalse;
  const bool fits =
      found && FcPatternGetCharSet(found.get(), FC_CHARSET, 0, &has) == FcResultMatch &&
      FcCharSetHasChar(has, character) &&
      FcPatternGetBool(found.get(), FC_OUTLINE, 0, &outline) == FcResultMatch && outline;
  if (!fits) found.reset();
  return found;
}

// fontconfig looks through all fonts, so each character is asked for once; what comes from the same
// file is one face, which a PDF embeds once. One per thread, as are cairo's contexts.
class FoundFaces {
 public:
  FontFace with(const std::string& family, bool bold, FcChar32 character) {
    if (of_characters_.size() > kMostRemembered) of_characters_.clear();
    const std::string style = family + (bold ? '\1' : '\2');
    auto [known, added] = of_characters_.try_emplace({style, character});
    if (added)
      if (const FontPattern font = find_font(family, bold, character))
        known->second = of_file(style, *font);
    return known->second;
  }

 private:
  FontFace of_file(const std::string& style, FcPattern& font) {
    FcChar8* file = nullptr;
    int index = 0;
    if (FcPatternGetString(&font, FC_FILE, 0, &file) != FcResultMatch) return {};
    (void)FcPatternGetInteger(&font, FC_INDEX, 0, &index);
    FontFace& face =
        of_files_[style + reinterpret_cast<const char*>(file) + '\0' + std::to_string(index)];
    if (!face) face = shared_face(cairo_ft_font_face_create_for_pattern(&font));
    return cairo_font_face_status(face.get()) == CAIRO_STATUS_SUCCESS ? face : FontFace();
  }

  std::map<std::pair<std::string, FcChar32>, FontFace> of_characters_;
  std::map<std::string, FontFace> of_files_;
};

// Index 0 is the sign for a character that the font lacks.
bool has_all(cairo_t* cairo, const std::string& text) {
  cairo_glyph_t* glyphs = nullptr;
  int count = 0;
  if (cairo_scaled_font_text_to_glyphs(cairo_get_scaled_font(cairo), 0, 0, text.data(),
                                       static_cast<int>(text.size()), &glyphs, &count, nullptr,
                                       nullptr, nullptr) != CAIRO_STATUS_SUCCESS)
    return false;
  const bool all = std::all_of(glyphs, glyphs + count,
                               [](const cairo_glyph_t& glyph) { return glyph.index != 0; });
  cairo_glyph_free(glyphs);
  return all;
}

// A run of one face, as long as the characters go on with it.
void lengthen(std::vector<FontPiece>& pieces, FontPiece piece) {
  if (!pieces.empty() && pieces.back().face == piece.face &&
      pieces.back().has_glyphs == piece.has_glyphs)
    pieces.back().text += piece.text;
  else
    pieces.push_back(std::move(piece));
}

}  // namespace

std::vector<FontPiece> font_pieces(cairo_t* cairo, const std::string& text,
                                   const FigureTheme& theme, bool bold) {
  if (has_all(cairo, text)) return {FontPiece{text, nullptr, true}};
  thread_local FoundFaces faces;
  std::vector<FontPiece> pieces;
  for (size_t at = 0; at < text.size();) {
    FcChar32 character = 0;
    const int length =
        FcUtf8ToUcs4(bytes_of(text) + at, &character, static_cast<int>(text.size() - at));
    if (length <= 0) return {FontPiece{text, nullptr, false}};  // no UTF-8
    FontPiece piece{text.substr(at, static_cast<size_t>(length)), nullptr, true};
    if (!has_all(cairo, piece.text)) {
      piece.face = faces.with(theme.font_family, bold, character);
      piece.has_glyphs = piece.face != nullptr;
    }
    lengthen(pieces, std::move(piece));
    at += static_cast<size_t>(length);
  }
  return pieces;
}

PieceFont::PieceFont(cairo_t* cairo, const FontPiece& piece)
    : cairo_(cairo), before_(shared_face(cairo_font_face_reference(cairo_get_font_face(cairo)))) {
  if (piece.face) cairo_set_font_face(cairo, piece.face.get());
}

PieceFont::~PieceFont() {
  cairo_set_font_face(cairo_, before_.get());
}

double advance_of(cairo_t* cairo, const std::vector<FontPiece>& pieces) {
  double advance = 0;
  for (const FontPiece& piece : pieces) {
    const PieceFont font(cairo, piece);
    cairo_text_extents_t extents;
    cairo_text_extents(cairo, piece.text.c_str(), &extents);
    advance += extents.x_advance;
  }
  return advance;
}

}  // namespace loom
