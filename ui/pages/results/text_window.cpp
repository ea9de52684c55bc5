#include "ui/pages/results/text_window.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QScrollBar>
#include <QTextBlock>
#include <algorithm>

#include "ui/pages/results/numbered_text.h"
#include "ui/pages/results/text_places.h"
#include "ui/shell/theme_colors.h"

namespace loom::ui {
namespace {

constexpr size_t kHalfWindow = 10000;  // bytes to either side of the position
constexpr size_t kLineSearch = 1000;   // how far a window's edge may move to meet a line's start
constexpr size_t kBarStep = 256;       // bytes per step of the bar: int is too small for bytes

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

}  // namespace

TextWindow::TextWindow(QWidget* parent)
    : QWidget(parent), edit_(new NumberedText), bar_(new QScrollBar(Qt::Vertical)) {
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(edit_, 1);
  layout->addWidget(bar_);
  setFocusProxy(edit_);
  edit_->setObjectName(QStringLiteral("prompt_text"));
  edit_->setAccessibleName(tr("Prompt"));
  bar_->setAccessibleName(tr("Position in the prompt"));
  connect(edit_->verticalScrollBar(), &QScrollBar::valueChanged, this, &TextWindow::scrolled);
  connect(bar_, &QScrollBar::actionTriggered, this,
          [this] { go_to(static_cast<size_t>(bar_->sliderPosition()) * kBarStep); });
}

void TextWindow::set_text(std::string text, std::vector<ByteSpan> marks) {
  text_ = std::move(text);
  newlines_.clear();
  for (size_t at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1))
    newlines_.push_back(at);
  marks_.clear();
  for (const ByteSpan& mark : marks)
    if (mark.begin < mark.end && mark.end <= text_.size()) marks_.push_back(mark);
  places_.clear();
  current_place_.reset();
  const bool fits = text_.size() <= 2 * kHalfWindow;
  bar_->setVisible(!fits);
  edit_->setVerticalScrollBarPolicy(fits ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
  bar_->setRange(0, static_cast<int>(text_.size() / kBarStep));
  bar_->setPageStep(static_cast<int>(3000 / kBarStep));
  show_window(0);
  place(0, false);
}

size_t TextWindow::boundary(size_t byte) const {
  byte = std::min(byte, text_.size());
  const size_t line = text_.rfind('\n', byte == 0 ? 0 : byte - 1);
  if (line != std::string::npos && byte > line && byte - line <= kLineSearch) return line + 1;
  while (byte > 0 && byte < text_.size() && is_continuation(text_[byte])) --byte;
  return byte;
}

void TextWindow::show_window(size_t center) {
  const bool fits = text_.size() <= 2 * kHalfWindow;
  begin_ = fits || center <= kHalfWindow ? 0 : boundary(center - kHalfWindow);
  end_ = fits ? text_.size() : boundary(std::max(center, kHalfWindow) + kHalfWindow);
  moving_ = true;
  edit_->setPlainText(
      QString::fromUtf8(text_.data() + begin_, static_cast<qsizetype>(end_ - begin_)));
  const auto lines_before = std::lower_bound(newlines_.begin(), newlines_.end(), begin_);
  edit_->set_first_line(static_cast<size_t>(lines_before - newlines_.begin()) + 1, lines());
  mark_passages();
  moving_ = false;
}

void TextWindow::mark_passages() {
  const ThemeColors& colors = theme_colors(palette());
  QList<QTextEdit::ExtraSelection> passages;
  auto add = [&](size_t begin, size_t end, const QColor& surface) {
    if (end <= begin_ || begin >= end_) return;
    QTextEdit::ExtraSelection passage;
    passage.cursor = QTextCursor(edit_->document());
    passage.cursor.setPosition(position_of(std::max(begin, begin_)));
    passage.cursor.setPosition(position_of(std::min(end, end_)), QTextCursor::KeepAnchor);
    passage.format.setBackground(surface);
    passage.format.setForeground(colors.text);
    passage.format.setFontUnderline(true);
    passages << passage;
  };
  for (const ByteSpan& mark : marks_) add(mark.begin, mark.end, colors.warning_surface);
  // Places are in order: only those of the window are looked at.
  auto next = std::lower_bound(places_.begin(), places_.end(), begin_,
                               [](const ByteSpan& one, size_t byte) { return one.end <= byte; });
  for (; next != places_.end() && next->begin < end_; ++next) {
    const bool current =
        current_place_ && static_cast<size_t>(next - places_.begin()) == *current_place_;
    add(next->begin, next->end, current ? colors.selection : colors.hover);
  }
  edit_->setExtraSelections(passages);
}

int TextWindow::position_of(size_t byte) const {
  const size_t inside = std::clamp(byte, begin_, end_) - begin_;
  return static_cast<int>(
      QString::fromUtf8(text_.data() + begin_, static_cast<qsizetype>(inside)).size());
}

size_t TextWindow::first_visible() const {
  const QString before = shown().left(edit_->first_visible().position());
  return begin_ + static_cast<size_t>(before.toUtf8().size());
}

void TextWindow::place(size_t byte, bool center) {
  moving_ = true;
  QTextCursor cursor(edit_->document());
  cursor.setPosition(position_of(byte));
  edit_->setTextCursor(cursor);
  edit_->centerCursor();
  if (!center) {
    const int height = edit_->fontMetrics().lineSpacing();
    auto* inner = edit_->verticalScrollBar();
    inner->setValue(inner->value() + edit_->cursorRect().top() / std::max(1, height));
  }
  moving_ = false;
  move_bar();
}

void TextWindow::go_to(size_t byte) {
  byte = std::min(byte, text_.size());
  const bool near_edge = (byte < begin_ + kHalfWindow / 2 && begin_ > 0) ||
                         (byte + kHalfWindow / 2 > end_ && end_ < text_.size());
  if (near_edge) show_window(byte);
  place(byte, false);
}

void TextWindow::go_to_mark(size_t mark) {
  if (mark >= marks_.size()) return;
  show_window(marks_[mark].begin);
  place(marks_[mark].begin, true);
}

size_t TextWindow::find(const QString& words) {
  places_ = find_places(text_, words);
  current_place_.reset();
  mark_passages();
  return places_.size();
}

void TextWindow::go_to_place(size_t number) {
  if (number >= places_.size()) return;
  current_place_ = number;
  show_window(places_[number].begin);
  place(places_[number].begin, true);
}

void TextWindow::leave_places() {
  current_place_.reset();
  mark_passages();
}

QString TextWindow::selected_words() const {
  return edit_->textCursor().selectedText();
}

void TextWindow::scrolled(int value) {
  if (moving_) return;
  const bool past_end = value == edit_->verticalScrollBar()->maximum() && end_ < text_.size();
  const bool past_begin = value == 0 && begin_ > 0;
  if (past_end || past_begin) {
    const size_t first = first_visible();
    show_window(first);
    place(first, false);
  } else {
    move_bar();
  }
}

void TextWindow::move_bar() {
  const QSignalBlocker blocker(bar_);
  bar_->setValue(static_cast<int>(first_visible() / kBarStep));
}

QString TextWindow::shown() const {
  return edit_->toPlainText();
}

void TextWindow::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) mark_passages();
}

}  // namespace loom::ui
