#include "ui/charts/figure_painter.h"

#include <QFont>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <cmath>

namespace loom::ui {
namespace {

QPen pen_of(const Stroke& stroke) {
  if (stroke.width <= 0 || stroke.color.a == 0) return QPen(Qt::NoPen);
  QPen pen(to_qcolor(stroke.color), stroke.width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
  if (stroke.dash.empty()) return pen;
  // Qt counts dashes in widths of the pen, and needs them in pairs.
  QList<qreal> dashes;
  for (double dash : stroke.dash) dashes << dash / stroke.width;
  pen.setDashPattern(dashes);
  return pen;
}

QBrush brush_of(Color fill) {
  return fill.a == 0 ? QBrush(Qt::NoBrush) : QBrush(to_qcolor(fill));
}

class MarkPainter {
 public:
  MarkPainter(QPainter& painter, const FigureTheme& theme, double pixels_per_point)
      : painter_(painter), theme_(theme), scale_(pixels_per_point) {}

  void operator()(const Polyline& line) const {
    QPolygonF points;
    for (const Point& point : line.points) points << QPointF(point.x, point.y);
    painter_.setPen(pen_of(line.stroke));
    painter_.setBrush(brush_of(line.fill));
    if (line.closed)
      painter_.drawPolygon(points);
    else
      painter_.drawPolyline(points);
  }

  void operator()(const Rectangle& rectangle) const {
    if (rectangle.hatched)
      for (const Polyline& line : hatch_lines(rectangle)) (*this)(line);
    painter_.setPen(pen_of(rectangle.stroke));
    painter_.setBrush(brush_of(rectangle.fill));
    painter_.drawRect(QRectF(rectangle.x, rectangle.y, rectangle.width, rectangle.height));
  }

  void operator()(const Marker& marker) const {
    for (const Polyline& outline : marker_outlines(marker)) (*this)(outline);
    if (marker.shape != MarkerShape::circle) return;
    painter_.setPen(Qt::NoPen);
    painter_.setBrush(to_qcolor(marker.color));
    painter_.drawEllipse(QPointF(marker.at.x, marker.at.y), marker.size / 2, marker.size / 2);
  }

  // Text is drawn in pixels, not scaled, so that the font engine sees its real size.
  void operator()(const Text& text) const {
    QFont font(QString::fromStdString(theme_.font_family));
    font.setBold(text.bold);
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setPointSizeF(text.size * scale_ * 72 / painter_.device()->logicalDpiY());
    QString said = QString::fromStdString(text.text);
    double width = QFontMetricsF(font, painter_.device()).horizontalAdvance(said);
    double share = text.align == Align::left ? 0 : text.align == Align::right ? 1 : 0.5;
    painter_.save();
    painter_.translate(text.at.x, text.at.y);
    painter_.scale(1 / scale_, 1 / scale_);
    painter_.rotate(text.rotation);
    painter_.setFont(font);
    painter_.setPen(to_qcolor(text.color));
    painter_.drawText(QPointF(-width * share, 0), said);
    painter_.restore();
  }

 private:
  QPainter& painter_;
  const FigureTheme& theme_;
  double scale_;
};

}  // namespace

void paint_figure(QPainter& painter, const Figure& figure, const FigureTheme& theme,
                  double pixels_per_point) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.scale(pixels_per_point, pixels_per_point);
  MarkPainter marks(painter, theme, pixels_per_point);
  for (const Mark& mark : figure.marks) std::visit(marks, mark);
  painter.restore();
}

QImage figure_image(const Figure& figure, const FigureTheme& theme, double pixels_per_point,
                    double device_pixel_ratio) {
  double scale = pixels_per_point * device_pixel_ratio;
  QImage image(std::max(1, static_cast<int>(std::ceil(figure.width * scale))),
               std::max(1, static_cast<int>(std::ceil(figure.height * scale))),
               QImage::Format_ARGB32_Premultiplied);
  image.setDevicePixelRatio(device_pixel_ratio);
  image.fill(to_qcolor(figure.background));
  QPainter painter(&image);
  paint_figure(painter, figure, theme, pixels_per_point);
  return image;
}

}  // namespace loom::ui
