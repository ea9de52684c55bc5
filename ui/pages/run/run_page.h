// A run at work: its jobs, the sample being answered, how fast, how long still. Of a run that was
// stopped it shows how far it came, and goes on with it.
#pragma once

#include <QTimer>

#include "core/history/run_queries.h"
#include "ui/execution/run_news.h"
#include "ui/pages/page.h"

class QSplitter;
class QTreeView;

namespace loom::ui {

class HistoryReader;
class RateGraph;
class RunHeader;
class RunJobsModel;
class SamplePanel;
class TroubledJobs;
class Workspace;

class RunPage : public Page {
  Q_OBJECT
 public:
  explicit RunPage(Workspace& workspace, QWidget* parent = nullptr);
  void show_run(qint64 run);
  qint64 run() const { return run_; }

  QString title() const override;
  QString help_topic() const override { return QStringLiteral("run"); }
  QAction* primary_action() override { return action_; }
  void refresh() override;
  void save_state() const override;
  void restore_state() override;

 private:
  struct Reading {
    RunRow row;
    RunSummary summary;
    std::vector<FailureReason> failures;
  };
  void lay_out();
  QWidget* create_jobs();
  void connect_controller();
  bool is_current() const;
  void show_reading(const Reading& reading);
  void show_progress(const RunProgress& progress);
  void show_state();
  void show_reasons(RunState state);
  void act();
  void resume(Asked asked);
  void give_up();  // the run at work, or its place in line
  QString job_name(int job) const;

  Workspace& workspace_;
  qint64 run_ = 0;
  RunRow row_;
  RunProgress progress_;
  double graphed_seconds_ = 0, graphed_tokens_ = 0;
  QString error_;
  std::vector<FailureReason> failures_;
  HistoryReader* reader_;
  RunJobsModel* jobs_;
  TroubledJobs* shown_jobs_;
  QTimer reading_timer_;
  QAction* action_;
  RunHeader* header_ = nullptr;
  QTreeView* list_ = nullptr;
  QSplitter* splitter_ = nullptr;
  SamplePanel* sample_ = nullptr;
  RateGraph* graph_ = nullptr;
};

}  // namespace loom::ui
