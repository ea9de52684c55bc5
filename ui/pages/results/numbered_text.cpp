#include "ui/pages/results/numbered_text.h"

#include <QFontDatabase>
#include <QPaintEvent>
#include <QPainter>
#include <QTextBlock>

#include "ui/shell/theme.h"
#include "ui/shell/theme_colors.h"

namespace loom::ui {

class NumberedText::Numbers : public QWidget {
 public:
  explicit Numbers(NumberedText& text) : QWidget(&text), text_(text) {}

 protected:
  void paintEvent(QPaintEvent* event) override {
    QPainter painter(this);
    text_.paint_numbers(painter, event->rect());
  }

 private:
  NumberedText& text_;
};

NumberedText::NumberedText(QWidget* parent) : QPlainTextEdit(parent), numbers_(new Numbers(*this)) {
  setReadOnly(true);
  setFont(fixed_font());
  setLineWrapMode(QPlainTextEdit::WidgetWidth);
  setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& area, int dy) {
    if (dy != 0) {
      numbers_->scroll(0, dy);
    } else {
      numbers_->update(0, area.y(), numbers_->width(), area.height());
    }
  });
}

void NumberedText::set_first_line(size_t line, size_t last_line) {
  first_line_ = line;
  last_line_ = last_line;
  update_margin();
}

void NumberedText::update_margin() {
  const QString widest = QString::number(last_line_);
  const int width =
      fontMetrics().horizontalAdvance(QLatin1Char('0')) * static_cast<int>(widest.size());
  setViewportMargins(width + 16, 0, 0, 0);
  const QRect inside = contentsRect();
  numbers_->setGeometry(inside.left(), inside.top(), width + 16, inside.height());
  numbers_->update();
}

void NumberedText::resizeEvent(QResizeEvent* event) {
  QPlainTextEdit::resizeEvent(event);
  update_margin();
}

void NumberedText::paint_numbers(QPainter& painter, const QRect& area) {
  const ThemeColors& colors = theme_colors(palette());
  painter.fillRect(area, colors.window);
  painter.setPen(colors.secondary);
  painter.setFont(font());
  QTextBlock block = firstVisibleBlock();
  for (; block.isValid(); block = block.next()) {
    const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
    if (place.top() > area.bottom()) break;
    const size_t line = first_line_ + static_cast<size_t>(block.blockNumber());
    painter.drawText(QRectF(0, place.top(), numbers_->width() - 8, fontMetrics().height()),
                     Qt::AlignRight, QString::number(line));
  }
}

}  // namespace loom::ui
