// Paints a figure with cairo.
#pragma once

#include <cairo.h>

#include "core/report/figure.h"

namespace loom {

void select_font(cairo_t* cairo, const FigureTheme& theme, double size, bool bold);
void paint_figure(cairo_t* cairo, const Figure& figure, const FigureTheme& theme);

}  // namespace loom
