// Figures as files that need no font of the reader: real text and embedded fonts in PDF, outlines in
// SVG. The same figure gives the same bytes (no dates inside).
#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/report/figure.h"

namespace loom {

enum class FigureFormat { svg, pdf, png };
Result<FigureFormat> figure_format_from(const std::string& name);
// dpi is for PNG only.
Status write_figure(const Figure& figure, const FigureTheme& theme, FigureFormat format,
                    const std::filesystem::path& file, double dpi = 300);
// Width of a text in points; used when a chart places its labels.
double text_width(const std::string& text, double size, const FigureTheme& theme,
                  bool bold = false);

}  // namespace loom
