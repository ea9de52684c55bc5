#include "ui/execution/evaluation_controller.h"

#include <algorithm>

#include "core/servers/engine_client.h"
#include "ui/execution/estimate_worker.h"
#include "ui/execution/evaluation_worker.h"
#include "ui/execution/workspace.h"

namespace loom::ui {
namespace {

Result<std::unique_ptr<ModelServer>> make_engine(const PlanMethod& server,
                                                 const std::string& device) {
  if (server.id == "local")
    return std::unique_ptr<ModelServer>(
        std::make_unique<EngineClient>(default_engine_path(), device));
  return Error{ErrorKind::unsupported, "this version has no server \"" + server.id + "\"",
               "servers", "Choose this machine as the server"};
}

}  // namespace

EvaluationController::EvaluationController(Workspace& workspace)
    : workspace_(workspace),
      make_server_(make_engine),
      worker_(std::make_unique<EvaluationWorker>()),
      estimates_(std::make_unique<EstimateWorker>()) {
  connect(worker_.get(), &EvaluationWorker::happened, this, &EvaluationController::tell);
  connect(worker_.get(), &EvaluationWorker::progressed, this, [this](const RunProgress& progress) {
    progress_ = progress;
    Q_EMIT progressed(progress_);
  });
  connect(worker_.get(), &EvaluationWorker::ended, this, &EvaluationController::end);
  connect(estimates_.get(), &EstimateWorker::estimated, this, &EvaluationController::estimated);
  connect(estimates_.get(), &EstimateWorker::failed, this, &EvaluationController::estimate_failed);
}

EvaluationController::~EvaluationController() = default;

RunEnvironment EvaluationController::environment() const {
  RunEnvironment environment;
  environment.catalog = &workspace_.catalog();
  environment.store = &workspace_.store();
  environment.data_folder = workspace_.data_folder();
  environment.model_folders = workspace_.model_folders();
  environment.make_server = make_server_;
  return environment;
}

Result<int64_t> EvaluationController::start(const EvaluationPlan& plan) {
  LOOM_TRY(int64_t run, start_run(plan, environment()));
  queue_.push_back({run});
  Q_EMIT workspace_.runs_changed();
  begin_next();
  return run;
}

Status EvaluationController::resume(int64_t run, Asked asked) {
  if (run == current_) {
    set_paused(false);
    return {};
  }
  if (is_waiting(run)) return {};
  LOOM_TRY(RunRow row, workspace_.queries().run(run));
  if (is_finished(row.state) && (asked == Asked::unfinished || row.samples_failed == 0))
    return Error{ErrorKind::conflict, "the run is finished", row.name,
                 "Start a new evaluation with the same plan"};
  queue_.push_back({run, asked});
  begin_next();
  return {};
}

bool EvaluationController::is_waiting(int64_t run) const {
  return std::any_of(queue_.begin(), queue_.end(),
                     [run](const Waiting& one) { return one.run == run; });
}

void EvaluationController::take_from_line(int64_t run) {
  if (std::erase_if(queue_, [run](const Waiting& one) { return one.run == run; }) == 0) return;
  // Else the next start of the program would offer it again.
  if (auto row = workspace_.queries().run(run); row && row->state == RunState::created)
    (void)workspace_.store().set_state(run, RunState::cancelled);
  Q_EMIT line_changed();
  Q_EMIT workspace_.runs_changed();
}

void EvaluationController::begin_next() {
  if (current_ || queue_.empty()) {
    Q_EMIT line_changed();
    return;
  }
  const Waiting next = queue_.front();
  current_ = next.run;
  queue_.pop_front();
  cancelled_ = false;
  progress_ = {};
  progress_.run = *current_;
  worker_->begin(next.run, next.asked, environment());
  Q_EMIT run_started(*current_);
  Q_EMIT workspace_.runs_changed();
}

bool EvaluationController::is_paused() const {
  return current_ && worker_->is_paused();
}

void EvaluationController::set_paused(bool paused) {
  if (!current_ || cancelled_ || worker_->is_paused() == paused) return;
  worker_->set_paused(paused);
  // Kept in the history too, so that a list of runs tells the truth.
  (void)workspace_.store().set_state(*current_, paused ? RunState::paused : RunState::running);
  Q_EMIT paused_changed(paused);
  Q_EMIT workspace_.runs_changed();
}

void EvaluationController::cancel() {
  if (!current_) return;
  cancelled_ = true;
  worker_->request_stop();
}

void EvaluationController::tell(const RunEvent& event) {
  switch (event.kind) {
    case RunEvent::started:
      Q_EMIT sample_started(event.news);
      break;
    case RunEvent::token:
      Q_EMIT token(QString::fromStdString(event.text));
      break;
    case RunEvent::finished:
      Q_EMIT sample_finished(event.news);
      break;
    case RunEvent::notice:
      Q_EMIT notice(QString::fromStdString(event.text));
      break;
  }
}

void EvaluationController::end(int64_t run, std::optional<RunState> state, const QString& error) {
  RunState ended = state.value_or(RunState::failed);
  if (cancelled_ && ended == RunState::paused) {
    ended = RunState::cancelled;
    (void)workspace_.store().set_state(run, ended);
  }
  current_.reset();
  Q_EMIT run_ended(run, ended, error);
  Q_EMIT workspace_.runs_changed();
  begin_next();
}

void EvaluationController::estimate(const EvaluationPlan& plan, bool measure) {
  estimates_->request(plan, environment(), measure);
}

void EvaluationController::cancel_estimate() {
  estimates_->cancel();
}

}  // namespace loom::ui
