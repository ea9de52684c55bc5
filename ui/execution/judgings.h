// Runs judged behind the window, one after another. Every verdict is stored at once; a judging that
// was stopped goes on where it was.
#pragma once

#include "ui/execution/file_work.h"

namespace loom::ui {

class Workspace;

// Whom to ask and what: as the dialog was filled in. The server's key is named, never held here.
struct JudgeChoice {
  QString model_path;                      // a local model; empty: a server
  QString device = QStringLiteral("cpu");  // that the local model runs on, as plans name it
  QString address, model_name, key_name;   // of the server
  QString rubric;                          // as rubric_for_run takes it
  size_t limit = 0;                        // answers per task and length; 0: all
};

// What a judging came to, for people.
struct JudgingOutcome {
  qint64 run = 0;
  size_t judged = 0, unparsed = 0, failed = 0;
  size_t agreed = 0, labelled = 0;  // answers of the labelled set
  bool no_better_than_guessing = false;
  QString problem;  // why it ended early; empty: it did not
};

class Judgings : public QObject {
  Q_OBJECT
 public:
  explicit Judgings(Workspace& workspace);
  void begin(qint64 run, const QString& run_name, const JudgeChoice& choice);
  bool is_judging(const QString& run_name) const;  // at work or in line
  bool is_at_work(const QString& run_name) const;
  FileWork& work() { return work_; }

 Q_SIGNALS:
  // Also after a judging that was stopped or failed, with what there was.
  void ended(const loom::ui::JudgingOutcome& outcome);

 private:
  void start(qint64 run, const QString& run_name, const JudgeChoice& choice, const QString& key);
  void tell(const JudgingOutcome& outcome);

  Workspace& workspace_;
  FileWork work_;
};

}  // namespace loom::ui
