// Tokens per second and memory over the time of a run, in two lanes.
#pragma once

#include <QWidget>
#include <vector>

namespace loom::ui {

class RateGraph : public QWidget {
  Q_OBJECT
 public:
  explicit RateGraph(QWidget* parent = nullptr);
  struct Point {
    double seconds = 0, tokens_per_second = 0;
    double memory_bytes = 0;  // 0: not measured yet
  };
  void add(const Point& point);
  void clear();
  const std::vector<Point>& points() const { return points_; }
  QSize sizeHint() const override { return {480, 96}; }
  QSize minimumSizeHint() const override { return {240, 72}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  struct Lane {
    QString title, now;
    double Point::*value;
    QColor color;
    Qt::PenStyle style;
  };
  void paint_lane(QPainter& painter, const QRectF& area, const Lane& lane) const;
  std::vector<Point> points_;
};

}  // namespace loom::ui
