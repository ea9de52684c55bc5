// Asks who is to judge a run's answers, by which rubric and how many, starts the judging and shows
// how far it is. Closing the dialog does not stop it.
#pragma once

#include "core/evaluation/run_summary.h"
#include "ui/execution/judgings.h"
#include "ui/shell/dialog.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace loom::ui {

class JudgeSource;
class Workspace;

class JudgeDialog : public Dialog {
  Q_OBJECT
 public:
  JudgeDialog(Workspace& workspace, qint64 run, const QString& run_name, RunSummary summary,
              QWidget* parent = nullptr);

 private:
  QWidget* create_choices();
  QWidget* create_progress();
  QWidget* create_buttons();
  JudgeChoice choice() const;
  void check();
  void begin();
  void show_work();
  void show_outcome(const JudgingOutcome& outcome);

  Workspace& workspace_;
  qint64 run_ = 0;
  QString run_name_;
  RunSummary summary_;
  JudgeSource* source_ = nullptr;
  QWidget* choices_ = nullptr;
  QComboBox* rubric_ = nullptr;
  QSpinBox* limit_ = nullptr;
  QLabel *estimate_ = nullptr, *message_ = nullptr;
  QProgressBar* share_ = nullptr;
  QPushButton *judge_ = nullptr, *stop_ = nullptr, *close_ = nullptr;
  bool working_ = false;
};

}  // namespace loom::ui
