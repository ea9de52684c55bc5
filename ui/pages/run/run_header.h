// The top of the Run page: state, progress, time left, counted chips, Cancel, the way to the
// results so far, and why samples failed.
#pragma once

#include <QWidget>

#include "core/evaluation/run_summary.h"
#include "core/history/run_store.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace loom::ui {

class RunHeader : public QWidget {
  Q_OBJECT
 public:
  explicit RunHeader(QWidget* parent = nullptr);
  enum class GiveUp { nothing, run_at_work, place_in_line };  // what the button takes away
  void show_state(RunState state, const QString& words, double share, GiveUp give_up);
  void show_counts(const std::vector<JobSummary>& jobs);
  void show_notice(const QString& notice);  // empty: none
  void show_reasons(const QStringList& reasons);
  void show_results_so_far(bool are_there);
  // The button that asks failed samples again; off where `reason` says why.
  void show_ask_again(bool is_offered, const QString& reason);
  void show_all_kinds();  // switches the chips off

 Q_SIGNALS:
  void cancel_wanted();
  void results_wanted();
  void ask_again_wanted();
  void kinds_chosen(bool failed, bool truncated, bool unparsed);

 private:
  QToolButton* create_chip(const char* name);
  void set_up_buttons();

  QProgressBar* bar_;
  QLabel *icon_, *state_, *notice_, *reasons_;
  QPushButton *cancel_, *results_, *again_;
  QToolButton *failed_, *truncated_, *unparsed_;
};

}  // namespace loom::ui
