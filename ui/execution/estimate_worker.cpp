#include "ui/execution/estimate_worker.h"

#include <utility>

namespace loom::ui {

EstimateWorker::EstimateWorker() : thread_([this](std::stop_token stop) { work(stop); }) {}

EstimateWorker::~EstimateWorker() {
  cancel();
  thread_.request_stop();
  thread_.join();
}

void EstimateWorker::request(const EvaluationPlan& plan, const RunEnvironment& environment,
                             bool measure) {
  std::lock_guard lock(mutex_);
  current_.request_stop();
  current_ = {};
  waiting_ = Request{++newest_, plan, environment, measure, current_};
  wake_.notify_all();
}

void EstimateWorker::cancel() {
  std::lock_guard lock(mutex_);
  current_.request_stop();
  waiting_.reset();
  ++newest_;
}

void EstimateWorker::work(std::stop_token stop) {
  for (;;) {
    std::optional<Request> request;
    {
      std::unique_lock lock(mutex_);
      if (!wake_.wait(lock, stop, [this] { return waiting_.has_value(); })) return;
      request = std::exchange(waiting_, std::nullopt);
    }
    auto estimate = estimate_run(request->plan, request->environment, request->measure,
                                 request->stop.get_token());
    QMetaObject::invokeMethod(
        this,
        [this, number = request->number, estimate = std::move(estimate)] {
          deliver(number, estimate);
        },
        Qt::QueuedConnection);
  }
}

void EstimateWorker::deliver(int number, Result<RunEstimate> estimate) {
  if (number != newest_) return;
  if (estimate) {
    Q_EMIT estimated(*estimate);
  } else {
    Q_EMIT failed(QString::fromStdString(describe(estimate.error())));
  }
}

}  // namespace loom::ui
