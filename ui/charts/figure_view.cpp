#include "ui/charts/figure_view.h"

#include <QEvent>
#include <QFontInfo>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <cmath>

#include "ui/charts/figure_painter.h"
#include "ui/charts/figure_words.h"

namespace loom::ui {

FigureTheme screen_theme(const QWidget& widget) {
  const QPalette& palette = widget.palette();
  QFontInfo font(widget.font());
  FigureTheme theme = local_theme();
  theme.dark = palette.color(QPalette::Active, QPalette::Window).lightness() <
               palette.color(QPalette::Active, QPalette::WindowText).lightness();
  theme.font_family = font.family().toStdString();
  theme.font_size = font.pointSizeF() * 0.9;
  return theme;
}

FigureView::FigureView(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void FigureView::set_provider(Provider provider) {
  provider_ = std::move(provider);
  refresh();
}

void FigureView::set_theme(const FigureTheme& theme) {
  theme_ = theme;
  refresh();
}

void FigureView::refresh() {
  // The hotspot with the same key stays current while results arrive.
  std::string key;
  if (current_ >= 0 && !stale_) key = figure_.hotspots[static_cast<size_t>(current_)].key;
  rebuild();
  int kept = -1;
  for (size_t i = 0; i < figure_.hotspots.size() && !key.empty(); ++i)
    if (figure_.hotspots[i].key == key) kept = static_cast<int>(i);
  current_ = -1;
  set_current(kept, false);
  update();
}

const Figure& FigureView::figure() {
  if (stale_) rebuild();
  return figure_;
}

QSize FigureView::sizeHint() const {
  return {480, 360};
}
QSize FigureView::minimumSizeHint() const {
  return {240, 180};
}

FigureTheme FigureView::theme() const {
  return theme_ ? *theme_ : screen_theme(*this);
}

double FigureView::pixels_per_point() const {
  double screen = logicalDpiY() / 72.0;
  if (figure_.width <= 0 || figure_.height <= 0) return screen;
  return std::min({screen, width() / figure_.width, height() / figure_.height});
}

QPointF FigureView::origin() const {
  double scale = pixels_per_point();
  return {std::floor((width() - figure_.width * scale) / 2),
          std::floor((height() - figure_.height * scale) / 2)};
}

void FigureView::rebuild() {
  stale_ = false;
  pixmap_ = QPixmap();
  figure_ = {};
  double screen = logicalDpiY() / 72.0;
  if (provider_) figure_ = provider_(QSizeF(width() / screen, height() / screen), theme());
  if (current_ >= static_cast<int>(figure_.hotspots.size())) current_ = -1;
  setAccessibleName(QString::fromStdString(figure_.title));
  setAccessibleDescription(QString::fromStdString(figure_.description));
}

void FigureView::draw_pixmap() {
  pixmap_ =
      QPixmap::fromImage(figure_image(figure_, theme(), pixels_per_point(), devicePixelRatioF()));
}

void FigureView::paintEvent(QPaintEvent*) {
  if (stale_) rebuild();
  if (figure_.width <= 0) return;
  if (pixmap_.isNull() || !qFuzzyCompare(pixmap_.devicePixelRatio(), devicePixelRatioF()))
    draw_pixmap();
  QPainter painter(this);
  painter.fillRect(rect(),
                   theme_ ? palette().color(QPalette::Window) : to_qcolor(figure_.background));
  painter.drawPixmap(origin(), pixmap_);
  if (theme_) draw_paper_edge(painter);
  if (current_ < 0) return;
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(palette().color(QPalette::Highlight), hasFocus() ? 2 : 1));
  painter.drawRoundedRect(hotspot_rectangle(current_), 3, 3);
}

// A preview shows where its paper ends.
void FigureView::draw_paper_edge(QPainter& painter) const {
  QSizeF paper = QSizeF(figure_.width, figure_.height) * pixels_per_point();
  painter.setPen(palette().color(QPalette::PlaceholderText));
  painter.drawRect(QRectF(origin(), paper).adjusted(-0.5, -0.5, 0.5, 0.5));
}

void FigureView::resizeEvent(QResizeEvent*) {
  stale_ = true;
  update();
}

void FigureView::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange ||
      event->type() == QEvent::LanguageChange) {
    stale_ = true;
    update();
  }
  QWidget::changeEvent(event);
}

bool FigureView::event(QEvent* event) {
  // Tips are shown by us at once, also for the keyboard.
  if (event->type() == QEvent::ToolTip) return true;
  return QWidget::event(event);
}

QRectF FigureView::hotspot_rectangle(int hotspot) const {
  const Hotspot& spot = figure_.hotspots[static_cast<size_t>(hotspot)];
  double scale = pixels_per_point();
  return QRectF(spot.x * scale, spot.y * scale, spot.width * scale, spot.height * scale)
      .translated(origin());
}

int FigureView::hotspot_at(QPointF position) const {
  // Where hotspots overlap, the one whose middle is nearest.
  int nearest = -1;
  double distance = 0;
  for (int i = 0; i < static_cast<int>(figure_.hotspots.size()); ++i) {
    QRectF rectangle = hotspot_rectangle(i);
    if (!rectangle.contains(position)) continue;
    double away = QLineF(rectangle.center(), position).length();
    if (nearest >= 0 && away >= distance) continue;
    nearest = i;
    distance = away;
  }
  return nearest;
}

void FigureView::set_current(int hotspot, bool show_tip) {
  if (hotspot == current_) return;
  current_ = hotspot;
  if (hotspot < 0) {
    QToolTip::hideText();
    setAccessibleDescription(QString::fromStdString(figure_.description));
  } else {
    QString tip = QString::fromStdString(figure_.hotspots[static_cast<size_t>(hotspot)].tip);
    setAccessibleDescription(tip);
    QPoint below = hotspot_rectangle(hotspot).bottomRight().toPoint();
    if (show_tip) QToolTip::showText(mapToGlobal(below), tip, this);
  }
  update();
  Q_EMIT current_changed(current_);
}

void FigureView::mouseMoveEvent(QMouseEvent* event) {
  int hotspot = hotspot_at(event->position());
  bool opens = hotspot >= 0 && !figure().hotspots[static_cast<size_t>(hotspot)].key.empty();
  setCursor(opens ? Qt::PointingHandCursor : Qt::ArrowCursor);
  set_current(hotspot, true);
}

void FigureView::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  int hotspot = hotspot_at(event->position());
  if (hotspot < 0) return;
  const std::string key = figure().hotspots[static_cast<size_t>(hotspot)].key;
  if (!key.empty()) Q_EMIT activated(QString::fromStdString(key));
}

void FigureView::leaveEvent(QEvent*) {
  if (!hasFocus()) set_current(-1, false);
}

void FigureView::step(int direction) {
  int count = static_cast<int>(figure().hotspots.size());
  if (count == 0) return;
  int next = current_ < 0 ? (direction > 0 ? 0 : count - 1) : current_ + direction;
  set_current((next + count) % count, true);
}

void FigureView::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Down:
      return step(1);
    case Qt::Key_Left:
    case Qt::Key_Up:
      return step(-1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
      if (current_ >= 0) {
        const std::string key = figure().hotspots[static_cast<size_t>(current_)].key;
        if (!key.empty()) Q_EMIT activated(QString::fromStdString(key));
        return;
      }
      break;
    case Qt::Key_Escape:
      if (current_ >= 0) return set_current(-1, false);
      break;
    default:
      break;
  }
  QWidget::keyPressEvent(event);
}

void FigureView::focusOutEvent(QFocusEvent* event) {
  set_current(-1, false);
  QWidget::focusOutEvent(event);
}

}  // namespace loom::ui
