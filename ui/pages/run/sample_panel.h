// The sample at work: its prompt with the evidence marked, and the answer as it comes.
#pragma once

#include <QWidget>

#include "ui/execution/run_news.h"

class QLabel;
class QPlainTextEdit;

namespace loom::ui {

class SamplePanel : public QWidget {
  Q_OBJECT
 public:
  explicit SamplePanel(QWidget* parent = nullptr);
  void show_nothing(const QString& reason);
  void show_started(const SampleNews& news, const QString& job_name);
  void add_token(const QString& piece);
  void show_finished(const SampleNews& news, const QString& job_name);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void show_prompt(const SampleNews& news, const QString& job_name);
  void mark();

  std::vector<std::pair<int, int>> evidence_, gaps_;  // begin and length in the prompt's view
  int job_ = -1, index_ = -1;
  bool is_answering_ = false;
  QLabel *title_, *result_;
  QPlainTextEdit *prompt_, *answer_;
};

}  // namespace loom::ui
