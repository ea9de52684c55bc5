// A figure as SVG 1.1. Its texts are outlines, so that it looks the same without the font; what they
// say stays in the file as their labels.
#pragma once

#include <string>

#include "core/report/figure.h"

namespace loom {

std::string figure_svg(const Figure& figure, const FigureTheme& theme);

}  // namespace loom
