// A plain text with a column of line numbers that may begin anywhere.
#pragma once

#include <QPlainTextEdit>

namespace loom::ui {

class NumberedText : public QPlainTextEdit {
  Q_OBJECT
 public:
  explicit NumberedText(QWidget* parent = nullptr);
  void set_first_line(size_t line, size_t last_line);  // counted from 1
  QTextCursor first_visible() const { return cursorForPosition(QPoint(4, 2)); }

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  class Numbers;
  void update_margin();
  void paint_numbers(QPainter& painter, const QRect& area);

  size_t first_line_ = 1, last_line_ = 1;
  QWidget* numbers_ = nullptr;
};

}  // namespace loom::ui
