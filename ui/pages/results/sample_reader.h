// One sample to read: prompt with the evidence marked, answer, what was extracted from it, the
// references, the score with the rule that gave it, and where the time went.
#pragma once

#include <QList>
#include <QWidget>

#include "core/evaluation/sample.h"

class QFormLayout;
class QLabel;
class QPlainTextEdit;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace loom::ui {

class FindBar;
class TextWindow;

class SampleReader : public QWidget {
  Q_OBJECT
 public:
  explicit SampleReader(QWidget* parent = nullptr);
  void show_sample(Sample sample, const Job& job);
  void show_nothing(const QString& sentence);
  qint64 sample_id() const { return sample_.id; }
  TextWindow& prompt() { return *prompt_; }
  QSplitter& splitter() { return *splitter_; }

 public Q_SLOTS:
  void next_evidence();
  void previous_evidence();
  void open_find();  // Ctrl+F in one of the texts
  void find_next() { step_find(1); }
  void find_previous() { step_find(-1); }

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void create_find();
  void find_words();
  void step_find(int step);
  void close_find();
  void mark_answer();

  QWidget* create_prompt();
  QWidget* create_answer();
  QLabel* add_row(QFormLayout& form, const QString& label, const QString& name);
  void step_evidence(int step);
  void show_evidence_count();
  QString truncation_sentence() const;
  QString timing_sentence() const;
  QString score_sentence() const;

  Sample sample_;
  int evidence_ = -1;
  FindBar* find_ = nullptr;
  size_t found_in_prompt_ = 0;
  QList<int> found_in_answer_;  // positions
  int current_place_ = -1;      // among those of the prompt, then those of the answer
  QStackedWidget* stack_ = nullptr;
  QSplitter* splitter_ = nullptr;
  QLabel *nothing_ = nullptr, *heading_ = nullptr, *notice_ = nullptr, *evidence_count_ = nullptr;
  QLabel *extracted_ = nullptr, *reference_ = nullptr, *score_ = nullptr, *timing_ = nullptr;
  QToolButton *previous_ = nullptr, *next_ = nullptr;
  TextWindow* prompt_ = nullptr;
  QPlainTextEdit* answer_ = nullptr;
};

}  // namespace loom::ui
