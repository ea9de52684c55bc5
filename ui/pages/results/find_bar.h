// A line to find words in the texts of a sample: how many places there are, and the way from one to
// the next.
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;

namespace loom::ui {

class FindBar : public QWidget {
  Q_OBJECT
 public:
  explicit FindBar(QWidget* parent = nullptr);
  void open(const QString& words);  // empty: the words of before
  QString words() const;
  // current: counted from 0; -1: at none yet.
  void show_count(int current, size_t count);

 Q_SIGNALS:
  void words_changed();
  void step_wanted(int step);
  void closed();

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QLineEdit* words_ = nullptr;
  QLabel* count_ = nullptr;
};

}  // namespace loom::ui
