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

class QThread;

namespace loom::ui {

class EvaluationWorker;
class Workspace;

// What the Run page shows of the sample at work or just finished.
struct SampleNews {
  int job = 0;
  Sample sample;
};

class EvaluationController : public QObject {
  Q_OBJECT
 public:
  explicit EvaluationController(Workspace& workspace);
  ~EvaluationController() override;  // stops the worker; what is finished is stored

  // Stores the run and puts it in line. Returns its id.
  Result<int64_t> start(const EvaluationPlan& plan);
  // Puts a stored, unfinished run in line.
  Status resume(int64_t run);
  void set_paused(bool paused);
  void cancel();  // the run at work; finished samples stay, it can be resumed

  std::optional<int64_t> current_run() const { return current_; }
  bool is_paused() const;
  size_t waiting() const { return queue_.size(); }
  const RunProgress& progress() const { return progress_; }
  // Reads the estimate on a worker thread; the newest request wins, estimated() tells.
  void estimate(const EvaluationPlan& plan, bool measure);

 Q_SIGNALS:
  void run_started(qint64 run);
  void progressed(const loom::RunProgress& progress);
  void sample_started(const loom::ui::SampleNews& news);
  void token(const QString& piece);
  void sample_finished(const loom::ui::SampleNews& news);
  void notice(const QString& text);
  void paused_changed(bool paused);
  // error is empty unless the run failed as a whole.
  void run_ended(qint64 run, loom::RunState state, const QString& error);
  void estimated(const loom::RunEstimate& estimate);
  void estimate_failed(const QString& error);

 private:
  void begin_next();
  Workspace& workspace_;
  std::unique_ptr<EvaluationWorker> worker_;
  std::deque<int64_t> queue_;
  std::optional<int64_t> current_;
  RunProgress progress_;
};

}  // namespace loom::ui

Q_DECLARE_METATYPE(loom::RunProgress)
Q_DECLARE_METATYPE(loom::RunState)
Q_DECLARE_METATYPE(loom::RunEstimate)
Q_DECLARE_METATYPE(loom::ui::SampleNews)
