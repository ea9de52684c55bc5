// Paints a figure's marks with QPainter.
#pragma once

#include <QColor>
#include <QImage>

#include "core/report/figure.h"

class QPainter;

namespace loom::ui {

inline QColor to_qcolor(Color color) {
  return QColor(color.r, color.g, color.b, color.a);
}

void paint_figure(QPainter& painter, const Figure& figure, const FigureTheme& theme,
                  double pixels_per_point);
QImage figure_image(const Figure& figure, const FigureTheme& theme, double pixels_per_point,
                    double device_pixel_ratio);

}  // namespace loom::ui
