#include "ui/shell/icons.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>

#include "ui/shell/icon_paths.h"
#include "ui/shell/theme_colors.h"

namespace loom::ui {
namespace {

constexpr double kGrid = 24, kLine = 1.7;

class LineIconEngine : public QIconEngine {
 public:
  LineIconEngine(Icon which, IconTone tone) : which_(which), tone_(tone) {}

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    double side = qMin(rect.width(), rect.height());
    painter->translate(QRectF(rect).center() - QPointF(side / 2, side / 2));
    painter->scale(side / kGrid, side / kGrid);
    painter->setPen(QPen(color(mode, state), kLine, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPath(icon_path(which_));
    painter->restore();
  }

  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    QPixmap pixmap(size);  // in device pixels
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paint(&painter, QRect(QPoint(), size), mode, state);
    return pixmap;
  }

  QIconEngine* clone() const override { return new LineIconEngine(which_, tone_); }

 private:
  QColor color(QIcon::Mode mode, QIcon::State state) const {
    const ThemeColors& colors = theme_colors(QGuiApplication::palette());
    if (mode == QIcon::Disabled) return colors.disabled;
    if (state == QIcon::On && tone_ != IconTone::on_accent) return colors.accent_text;
    switch (tone_) {
      case IconTone::text: return colors.text;
      case IconTone::secondary: return colors.secondary;
      case IconTone::accent: return colors.accent_text;
      case IconTone::on_accent: return colors.on_accent;
      case IconTone::success: return colors.success;
      case IconTone::warning: return colors.warning;
      case IconTone::danger: return colors.danger;
    }
    return colors.text;
  }

  Icon which_;
  IconTone tone_;
};

}  // namespace

QIcon icon(Icon which, IconTone tone) { return QIcon(new LineIconEngine(which, tone)); }

}  // namespace loom::ui
