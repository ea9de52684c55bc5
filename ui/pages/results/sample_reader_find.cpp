// Finding words in the texts of a sample: prompt first, then answer.
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QShortcut>

#include "ui/pages/results/find_bar.h"
#include "ui/pages/results/sample_reader.h"
#include "ui/pages/results/text_places.h"
#include "ui/pages/results/text_window.h"
#include "ui/shell/theme_colors.h"

namespace loom::ui {

void SampleReader::create_find() {
  find_ = new FindBar;
  connect(find_, &FindBar::words_changed, this, [this] {
    find_words();
    step_find(1);
  });
  connect(find_, &FindBar::step_wanted, this, &SampleReader::step_find);
  connect(find_, &FindBar::closed, this, &SampleReader::close_find);
  auto key = [this](const QKeySequence& keys, void (SampleReader::*act)()) {
    auto* shortcut = new QShortcut(keys, this);
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, this, act);
  };
  key(Qt::Key_F3, &SampleReader::find_next);
  key(Qt::SHIFT | Qt::Key_F3, &SampleReader::find_previous);
  prompt_->focusProxy()->installEventFilter(this);
  answer_->installEventFilter(this);
  find_->focusProxy()->installEventFilter(this);
}

// Ctrl+F searches the page, but in a text it finds there: the text says so before the window does.
bool SampleReader::eventFilter(QObject* watched, QEvent* event) {
  const bool key = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
  if (!key || !static_cast<QKeyEvent*>(event)->matches(QKeySequence::Find))
    return QWidget::eventFilter(watched, event);
  event->accept();
  if (event->type() == QEvent::KeyPress) open_find();
  return true;
}

void SampleReader::open_find() {
  QString words = prompt_->selected_words();
  if (answer_->hasFocus()) words = answer_->textCursor().selectedText();
  if (words.contains(QChar::ParagraphSeparator)) words.clear();  // several lines are no words
  const bool comes_back = find_->isHidden() && (words.isEmpty() || words == find_->words());
  find_->open(words);
  if (comes_back) find_words();
}

void SampleReader::find_words() {
  const QString words = find_->isHidden() ? QString() : find_->words();
  found_in_prompt_ = prompt_->find(words);
  found_in_answer_.clear();
  const QString answer = answer_->toPlainText();
  for (qsizetype at = words.isEmpty() ? -1 : answer.indexOf(words, 0, Qt::CaseInsensitive); at >= 0;
       at = answer.indexOf(words, at + words.size(), Qt::CaseInsensitive))
    found_in_answer_ << static_cast<int>(at);
  current_place_ = -1;
  mark_answer();
  find_->show_count(current_place_,
                    found_in_prompt_ + static_cast<size_t>(found_in_answer_.size()));
}

void SampleReader::step_find(int step) {
  if (find_->isHidden()) {
    if (find_->words().isEmpty()) return;
    find_->show();
    find_words();
  }
  const int in_prompt = static_cast<int>(found_in_prompt_);
  const int count = in_prompt + static_cast<int>(found_in_answer_.size());
  if (count == 0) return;
  current_place_ =
      current_place_ < 0 ? (step > 0 ? 0 : count - 1) : (current_place_ + step + count) % count;
  if (current_place_ < in_prompt) {
    prompt_->go_to_place(static_cast<size_t>(current_place_));
  } else {
    prompt_->leave_places();
    QTextCursor cursor(answer_->document());
    cursor.setPosition(found_in_answer_[current_place_ - in_prompt]);
    answer_->setTextCursor(cursor);
    answer_->ensureCursorVisible();
  }
  mark_answer();
  find_->show_count(current_place_, static_cast<size_t>(count));
}

void SampleReader::mark_answer() {
  const ThemeColors& colors = theme_colors(palette());
  const auto length = static_cast<int>(find_->words().size());
  QList<QTextEdit::ExtraSelection> passages;
  for (int i = 0; i < found_in_answer_.size(); ++i) {
    QTextEdit::ExtraSelection passage;
    passage.cursor = QTextCursor(answer_->document());
    passage.cursor.setPosition(found_in_answer_[i]);
    passage.cursor.setPosition(found_in_answer_[i] + length, QTextCursor::KeepAnchor);
    const bool current = current_place_ == static_cast<int>(found_in_prompt_) + i;
    passage.format.setBackground(current ? colors.selection : colors.hover);
    passage.format.setForeground(colors.text);
    passage.format.setFontUnderline(true);
    passages << passage;
  }
  answer_->setExtraSelections(passages);
}

void SampleReader::close_find() {
  find_->hide();
  find_words();
  prompt_->setFocus(Qt::ShortcutFocusReason);
}

}  // namespace loom::ui
