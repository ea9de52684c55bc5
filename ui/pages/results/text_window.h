// A read-only text of any length with line numbers and marked passages. Only a window of about
// 20,000 characters around the position is laid out; scrolling past its edge moves the window.
#pragma once

#include <QWidget>
#include <optional>
#include <string>
#include <vector>

#include "core/benchmarks/benchmark.h"

class QScrollBar;

namespace loom::ui {

class NumberedText;

class TextWindow : public QWidget {
  Q_OBJECT
 public:
  explicit TextWindow(QWidget* parent = nullptr);

  // Marks are bytes of the text; those outside it are left out.
  void set_text(std::string text, std::vector<ByteSpan> marks);
  const std::vector<ByteSpan>& marks() const { return marks_; }
  size_t lines() const { return newlines_.size() + 1; }

  void go_to(size_t byte);
  void go_to_mark(size_t mark);
  // Marks all places of the words and tells how many there are; empty words: none.
  size_t find(const QString& words);
  void go_to_place(size_t place);
  void leave_places();  // none of them is the current one any more
  QString selected_words() const;

  size_t window_begin() const { return begin_; }
  size_t window_end() const { return end_; }
  QString shown() const;

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void show_window(size_t center);
  void place(size_t byte, bool center);
  void mark_passages();
  void scrolled(int value);
  void move_bar();
  size_t first_visible() const;
  size_t boundary(size_t byte) const;
  int position_of(size_t byte) const;  // in the shown text

  std::string text_;
  std::vector<ByteSpan> marks_;
  std::vector<size_t> newlines_;
  std::vector<ByteSpan> places_;  // of what was looked for
  std::optional<size_t> current_place_;
  size_t begin_ = 0, end_ = 0;
  bool moving_ = false;
  NumberedText* edit_ = nullptr;
  QScrollBar* bar_ = nullptr;  // over the whole text, when it does not fit one window
};

}  // namespace loom::ui
