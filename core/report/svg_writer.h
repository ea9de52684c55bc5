// A figure as SVG 1.1 with real text, so that it stays searchable and editable.
#pragma once

#include <string>

#include "core/report/figure.h"

namespace loom {

std::string figure_svg(const Figure& figure, const FigureTheme& theme);

}  // namespace loom
