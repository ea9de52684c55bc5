#include "ui/execution/evaluation_worker.h"

namespace loom::ui {
namespace {
constexpr int kNewsPauseMs = 100;
}

EvaluationWorker::EvaluationWorker() {
  timer_.setInterval(kNewsPauseMs);
  connect(&timer_, &QTimer::timeout, this, &EvaluationWorker::tell_news);
  // Emitted on the other thread and queued to this one.
  connect(this, &QThread::finished, this, &EvaluationWorker::tell_end);
}

EvaluationWorker::~EvaluationWorker() {
  request_stop();
  paused_ = false;
  wait();
}

void EvaluationWorker::begin(int64_t run, Asked asked, RunEnvironment environment) {
  Q_ASSERT(!isRunning());
  run_ = run;
  asked_ = asked;
  environment_ = std::move(environment);
  environment_.paused = [this] { return paused_.load(); };
  outcome_.reset();
  stop_ = {};
  paused_ = false;
  timer_.start();
  start();
}

void EvaluationWorker::run() {
  outcome_ = continue_run(run_, environment_, news_.observer(), stop_.get_token(), asked_);
}

void EvaluationWorker::tell_news() {
  RunNews::Batch batch = news_.take();
  for (const RunEvent& event : batch.events) Q_EMIT happened(event);
  if (batch.progress) Q_EMIT progressed(*batch.progress);
}

void EvaluationWorker::tell_end() {
  timer_.stop();
  tell_news();
  if (!outcome_) return;
  if (*outcome_) {
    Q_EMIT ended(run_, **outcome_, QString());
  } else {
    Q_EMIT ended(run_, std::nullopt, QString::fromStdString(describe(outcome_->error())));
  }
}

}  // namespace loom::ui
