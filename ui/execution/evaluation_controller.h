// Runs evaluations behind the window, one at a time; others wait in line. Lives in the GUI thread
// and owns the worker thread. Progress reaches it at most ten times a second.
#pragma once

#include <QObject>
#include <QString>
#include <deque>
#include <memory>
#include <optional>

#include "core/execution/evaluation_run.h"
#include "core/execution/run_estimate.h"
#include "ui/execution/run_news.h"

namespace loom::ui {

class EstimateWorker;
class EvaluationWorker;
class Workspace;

class EvaluationController : public QObject {
  Q_OBJECT
 public:
  explicit EvaluationController(Workspace& workspace);
  ~EvaluationController() override;  // stops the worker; what is finished is stored

  // Stores the run and puts it in line. Returns its id.
  Result<int64_t> start(const EvaluationPlan& plan);
  // Puts a stored run in line for what is left of it; Conflict where nothing is.
  Status resume(int64_t run, Asked asked = Asked::unfinished);
  void set_paused(bool paused);
  void cancel();                       // the run at work; finished samples stay, it can be resumed
  bool is_waiting(int64_t run) const;  // in line behind the run at work
  // Gives up a waiting run: one that has not begun becomes cancelled, one that waits to go on stays
  // as it was stored. Nothing happens to other runs.
  void take_from_line(int64_t run);

  std::optional<int64_t> current_run() const { return current_; }
  bool is_paused() const;
  size_t waiting() const { return queue_.size(); }
  const RunProgress& progress() const { return progress_; }
  // Reads the estimate on a worker thread; the newest request wins, estimated() tells.
  void estimate(const EvaluationPlan& plan, bool measure);
  void cancel_estimate();

  // Where a plan's models run. The default is loomscope-engine, one process per device.
  using ServerFactory = decltype(RunEnvironment::make_server);
  void set_server_factory(ServerFactory factory) { make_server_ = std::move(factory); }
  RunEnvironment environment() const;

 Q_SIGNALS:
  void run_started(qint64 run);
  void line_changed();  // a run joined those that wait, or left them
  void progressed(const loom::RunProgress& progress);
  void sample_started(const loom::ui::SampleNews& news);
  void token(const QString& piece);  // of the sample that was started last
  void sample_finished(const loom::ui::SampleNews& news);
  void notice(const QString& text);
  void paused_changed(bool paused);
  // error is empty unless the run failed as a whole.
  void run_ended(qint64 run, loom::RunState state, const QString& error);
  void estimated(const loom::RunEstimate& estimate);
  void estimate_failed(const QString& error);

 private:
  void begin_next();
  void tell(const RunEvent& event);
  void end(int64_t run, std::optional<RunState> state, const QString& error);

  Workspace& workspace_;
  ServerFactory make_server_;
  std::unique_ptr<EvaluationWorker> worker_;
  std::unique_ptr<EstimateWorker> estimates_;
  struct Waiting {
    int64_t run = 0;
    Asked asked = Asked::unfinished;
  };
  std::deque<Waiting> queue_;
  std::optional<int64_t> current_;
  bool cancelled_ = false;  // the user took the run at work away
  RunProgress progress_;
};

}  // namespace loom::ui
