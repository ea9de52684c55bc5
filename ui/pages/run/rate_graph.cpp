#include "ui/pages/run/rate_graph.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "ui/shell/quantity_text.h"
#include "ui/shell/theme.h"
#include "ui/shell/theme_colors.h"

namespace loom::ui {
namespace {
constexpr size_t kMostPoints = 600;  // more than a lane has pixels to tell apart
}

RateGraph::RateGraph(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("rate_graph"));
  setAccessibleName(tr("Tokens per second and memory over time"));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void RateGraph::add(const Point& point) {
  points_.push_back(point);
  if (points_.size() > kMostPoints) {
    for (size_t i = 0; i < points_.size() / 2; ++i) points_[i] = points_[2 * i + 1];
    points_.resize(points_.size() / 2);
  }
  setAccessibleDescription(tr("%1 tokens per second, %2")
                               .arg(count_text(static_cast<uint64_t>(point.tokens_per_second)),
                                    bytes_text(static_cast<uint64_t>(point.memory_bytes))));
  update();
}

void RateGraph::clear() {
  points_.clear();
  setAccessibleDescription({});
  update();
}

void RateGraph::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const bool dark = is_dark(palette());
  const Point last = points_.empty() ? Point{} : points_.back();
  const QString none = QStringLiteral("–");
  Lane rate{tr("Tokens per second"),
            points_.empty() ? none : count_text(static_cast<uint64_t>(last.tokens_per_second)),
            &Point::tokens_per_second, dark ? QColor(0x56B4E9) : QColor(0x0072B2), Qt::SolidLine};
  Lane memory{tr("Peak memory"),
              last.memory_bytes > 0 ? bytes_text(static_cast<uint64_t>(last.memory_bytes)) : none,
              &Point::memory_bytes, dark ? QColor(0xE69F00) : QColor(0xD55E00), Qt::DashLine};
  const double half = (width() - spacing::huge) / 2.0;
  paint_lane(painter, QRectF(0, 0, half, height()), rate);
  paint_lane(painter, QRectF(half + spacing::huge, 0, half, height()), memory);
}

void RateGraph::paint_lane(QPainter& painter, const QRectF& area, const Lane& lane) const {
  const ThemeColors& colors = theme_colors(palette());
  const double line = fontMetrics().height();
  const QRectF head(area.left(), area.top(), area.width(), line);
  painter.setPen(colors.secondary);
  painter.drawText(head, Qt::AlignLeft | Qt::AlignVCenter, lane.title);
  painter.setPen(colors.text);
  painter.drawText(head, Qt::AlignRight | Qt::AlignVCenter, lane.now);
  const QRectF plot = area.adjusted(0.5, line + spacing::hair, -0.5, -0.5);
  painter.setPen(QPen(colors.border, 1));
  painter.drawLine(plot.bottomLeft(), plot.bottomRight());
  if (points_.size() < 2) return;
  double highest = 0;
  for (const Point& point : points_) highest = std::max(highest, point.*lane.value);
  const double from = points_.front().seconds, span = points_.back().seconds - from;
  if (highest <= 0 || span <= 0) return;
  QPainterPath path;
  bool begun = false;
  for (const Point& point : points_) {
    if (lane.value == &Point::memory_bytes && point.memory_bytes <= 0) continue;
    const QPointF at(plot.left() + plot.width() * (point.seconds - from) / span,
                     plot.bottom() - plot.height() * 0.95 * (point.*lane.value) / highest);
    if (begun) {
      path.lineTo(at);
    } else {
      path.moveTo(at);
    }
    begun = true;
  }
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(lane.color, 2, lane.style));
  painter.drawPath(path);
}

}  // namespace loom::ui
