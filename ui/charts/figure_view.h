// Shows a Figure: paints its marks, and lets pointer and keyboard walk through its hotspots.
#pragma once

#include <QPixmap>
#include <QWidget>
#include <functional>
#include <optional>

#include "core/report/figure.h"

namespace loom::ui {

// A palette of the window as the theme of a figure: dark or light, the widget's font.
FigureTheme screen_theme(const QWidget& widget);

class FigureView : public QWidget {
  Q_OBJECT
 public:
  // Size in points (1/72 inch). Called again when size, font or palette change.
  using Provider = std::function<Figure(QSizeF points, const FigureTheme& theme)>;

  explicit FigureView(QWidget* parent = nullptr);
  void set_provider(Provider provider);
  // Instead of the window's theme: a preview shows what will be printed.
  void set_theme(const FigureTheme& theme);
  // The data behind the provider changed.
  void refresh();
  const Figure& figure();
  int current_hotspot() const { return current_; }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void activated(const QString& key);  // Hotspot::key that was clicked or entered
  void current_changed(int hotspot);   // -1: none

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  bool event(QEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  FigureTheme theme() const;
  // Less than the screen's when the figure is larger than the view.
  double pixels_per_point() const;
  QPointF origin() const;  // of the figure in the view, in pixels
  void rebuild();
  void draw_pixmap();
  void draw_paper_edge(QPainter& painter) const;
  int hotspot_at(QPointF position) const;
  void set_current(int hotspot, bool show_tip);
  void step(int direction);
  QRectF hotspot_rectangle(int hotspot) const;

  Provider provider_;
  std::optional<FigureTheme> theme_;
  Figure figure_;
  QPixmap pixmap_;
  bool stale_ = true;
  int current_ = -1;
};

}  // namespace loom::ui
