// Reads estimates on a thread of its own. A new request stops the one at work; only the newest is
// answered.
#pragma once

#include <QObject>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/execution/run_estimate.h"

namespace loom::ui {

class EstimateWorker : public QObject {
  Q_OBJECT
 public:
  EstimateWorker();
  ~EstimateWorker() override;  // stops and waits
  void request(const EvaluationPlan& plan, const RunEnvironment& environment, bool measure);
  void cancel();

 Q_SIGNALS:
  void estimated(const loom::RunEstimate& estimate);
  void failed(const QString& error);

 private:
  struct Request {
    int number = 0;
    EvaluationPlan plan;
    RunEnvironment environment;
    bool measure = false;
    std::stop_source stop;
  };
  void work(std::stop_token stop);
  void deliver(int number, Result<RunEstimate> estimate);

  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::optional<Request> waiting_;
  std::stop_source current_;
  int newest_ = 0;  // window's thread only
  std::jthread thread_;
};

}  // namespace loom::ui
