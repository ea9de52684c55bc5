// The thread that runs one evaluation after another. The object lives in the window's thread; what
// happens on the other one is read from RunNews ten times a second.
#pragma once

#include <QThread>
#include <QTimer>
#include <atomic>
#include <stop_token>

#include "ui/execution/run_news.h"

namespace loom::ui {

class EvaluationWorker : public QThread {
  Q_OBJECT
 public:
  EvaluationWorker();
  ~EvaluationWorker() override;  // stops and waits

  // The environment's `paused` is replaced by this worker's. Only while nothing runs.
  void begin(int64_t run, Asked asked, RunEnvironment environment);
  void set_paused(bool paused) { paused_ = paused; }
  bool is_paused() const { return paused_; }
  // The run goes to the state that continue_run gives a stopped run.
  void request_stop() { stop_.request_stop(); }

 Q_SIGNALS:
  void progressed(const loom::RunProgress& progress);
  void happened(const loom::ui::RunEvent& event);
  // After the last news. Empty state: the run failed as a whole.
  void ended(qint64 run, std::optional<loom::RunState> state, const QString& error);

 protected:
  void run() override;

 private:
  void tell_news();
  void tell_end();

  int64_t run_ = 0;
  Asked asked_ = Asked::unfinished;
  RunEnvironment environment_;
  std::optional<Result<RunState>> outcome_;  // written before finished() is emitted
  std::stop_source stop_;
  std::atomic<bool> paused_ = false;
  RunNews news_;
  QTimer timer_;
};

}  // namespace loom::ui
