#include "core/report/figure_files.h"

#include <cairo-pdf.h>

#include <cmath>
#include <map>
#include <memory>

#include "core/base/text_file.h"
#include "core/report/cairo_painter.h"
#include "core/report/font_pieces.h"
#include "core/report/png_resolution.h"
#include "core/report/svg_writer.h"

namespace loom {
namespace {

using Surface = std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)>;
using Context = std::unique_ptr<cairo_t, decltype(&cairo_destroy)>;

constexpr double kPointsPerInch = 72;
constexpr double kMostPixels = 20000;  // on a side; cairo stops at 32767

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

Error cairo_error(cairo_status_t status) {
  return {status == CAIRO_STATUS_NO_MEMORY ? ErrorKind::out_of_memory : ErrorKind::internal,
          std::string("the figure cannot be drawn: ") + cairo_status_to_string(status), "",
          "Choose a smaller size or resolution"};
}

Result<std::string> figure_pdf(const Figure& figure, const FigureTheme& theme) {
  std::string bytes;
  Surface surface(cairo_pdf_surface_create_for_stream(append, &bytes, figure.width, figure.height),
                  cairo_surface_destroy);
  // One date for every file: the same figure gives the same bytes.
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE,
                                 "2000-01-01T00:00:00Z");
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, figure.title.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_SUBJECT,
                                 figure.description.c_str());
  cairo_status_t drawn;
  {
    Context context(cairo_create(surface.get()), cairo_destroy);
    paint_figure(context.get(), figure, theme);
    drawn = cairo_status(context.get());
  }
  cairo_surface_finish(surface.get());
  if (drawn != CAIRO_STATUS_SUCCESS) return cairo_error(drawn);
  if (auto status = cairo_surface_status(surface.get()); status != CAIRO_STATUS_SUCCESS)
    return cairo_error(status);
  return bytes;
}

Result<std::string> figure_png(const Figure& figure, const FigureTheme& theme, double dpi) {
  double scale = dpi / kPointsPerInch;
  double width = std::round(figure.width * scale), height = std::round(figure.height * scale);
  if (!(width >= 1 && height >= 1 && width <= kMostPixels && height <= kMostPixels))
    return Error{ErrorKind::invalid_input, "a picture of this size cannot be written", "",
                 "Choose a smaller width or resolution"};
  Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(width),
                                             static_cast<int>(height)),
                  cairo_surface_destroy);
  Context context(cairo_create(surface.get()), cairo_destroy);
  cairo_scale(context.get(), scale, scale);
  paint_figure(context.get(), figure, theme);
  if (auto status = cairo_status(context.get()); status != CAIRO_STATUS_SUCCESS)
    return cairo_error(status);
  std::string bytes;
  auto status = cairo_surface_write_to_png_stream(surface.get(), append, &bytes);
  if (status != CAIRO_STATUS_SUCCESS) return cairo_error(status);
  return with_resolution(bytes, dpi);
}

}  // namespace

Result<FigureFormat> figure_format_from(const std::string& name) {
  if (name == "svg") return FigureFormat::svg;
  if (name == "pdf") return FigureFormat::pdf;
  if (name == "png") return FigureFormat::png;
  return Error{ErrorKind::invalid_input, "there is no figure format \"" + name + "\"", "",
               "svg, pdf or png"};
}

Status write_figure(const Figure& figure, const FigureTheme& theme, FigureFormat format,
                    const std::filesystem::path& file, double dpi) {
  if (format == FigureFormat::svg) return write_file(file, figure_svg(figure, theme));
  Result<std::string> bytes =
      format == FigureFormat::pdf ? figure_pdf(figure, theme) : figure_png(figure, theme, dpi);
  if (!bytes) {
    Error error = bytes.error();
    error.where = file.string();
    return error;
  }
  return write_file(file, *bytes);
}

namespace {

// Ideographs and kana that no font here has are an em wide where the reader has one.
constexpr unsigned kFirstWide = 0x2E80;
constexpr size_t kMostMeasured = 4096;

// The text without its wide characters, and their number. Decided by the first two bytes of a
// character's UTF-8, that is by blocks of 64.
std::pair<std::string, size_t> split_wide(const std::string& text) {
  std::pair<std::string, size_t> parts{"", 0};
  for (size_t i = 0; i < text.size();) {
    auto byte = [&](size_t at) -> unsigned {
      return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
    };
    unsigned lead = byte(i);
    size_t length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    unsigned block = length == 3 ? (lead & 0x0F) << 12 | (byte(i + 1) & 0x3F) << 6 : 0;
    if (length == 4 || block >= kFirstWide)
      ++parts.second;
    else
      parts.first += text.substr(i, length);
    i += length;
  }
  return parts;
}

double width_in_ems(const std::string& text, const FigureTheme& theme, bool bold) {
  constexpr double size = 1000;
  // Measuring needs a context; one per thread, as cairo's are not shared.
  thread_local Surface surface(cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, nullptr),
                               cairo_surface_destroy);
  thread_local Context context(cairo_create(surface.get()), cairo_destroy);
  // A text that is no UTF-8 would end all measuring.
  if (cairo_status(context.get()) != CAIRO_STATUS_SUCCESS)
    context.reset(cairo_create(surface.get()));
  select_font(context.get(), theme, size, bold);
  std::vector<FontPiece> pieces = font_pieces(context.get(), text, theme, bold);
  size_t wide_ones = 0;
  for (FontPiece& piece : pieces) {
    if (piece.has_glyphs) continue;
    auto [narrow, wide] = split_wide(piece.text);
    piece.text = std::move(narrow);
    wide_ones += wide;
  }
  return std::round(advance_of(context.get(), pieces) / 10) / 100 + static_cast<double>(wide_ones);
}

}  // namespace

double text_width(const std::string& text, double size, const FigureTheme& theme, bool bold) {
  // Layouts try many sizes: a text is measured once, unhinted and large, and scaled.
  thread_local std::map<std::string, double> ems;
  if (ems.size() > kMostMeasured) ems.clear();
  auto [known, added] = ems.try_emplace(theme.font_family + (bold ? "\1" : "\2") + text, 0.0);
  if (added) known->second = width_in_ems(text, theme, bold);
  return known->second * size;
}

}  // namespace loom
