#include "core/execution/evaluation_run.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "core/base/json_text.h"
#include "core/catalog/local_models.h"
#include "core/execution/job_runner.h"

namespace loom {
namespace {

nlohmann::json describe_model(const LoadedModel& model, const LocalModel& local,
                              const ModelText& text) {
  return {{"architecture", model.architecture},
          {"path", local.path.string()},
          {"name", local.name},
          {"window_tokens", model.window_tokens},
          {"vocabulary", model.vocabulary},
          {"weight_bytes", model.weight_bytes},
          {"weight_type", local.weight_type},
          {"weights_hash", model.weights_hash},
          {"kernel_version", model.kernel_version},
          {"chunk_tokens", model.chunk_tokens},
          {"device", model.device_name},
          {"load_s", model.load_s},
          {"tokenizer", text.tokenizer->name()},
          {"tokenizer_hash", text.tokenizer->fingerprint()},
          {"chat_template_hash",
           text.chat ? nlohmann::json(text.chat->chat.fingerprint()) : nlohmann::json()},
          {"note", text.note}};
}

// One device at work: takes jobs in plan order and keeps its server while the model stays the same.
class Device {
 public:
  Device(const RunContext& context, std::string name) : context_(context), name_(std::move(name)) {}

  Status work(std::atomic<size_t>& next, const std::vector<std::vector<int>>& finished,
              std::stop_token stop);

 private:
  Status load(const Job& job, std::stop_token stop);

  const RunContext& context_;
  std::string name_;
  std::unique_ptr<ModelServer> server_;
  std::unique_ptr<ServingModel> model_;
  int model_index_ = -1, server_index_ = -1;
};

Status Device::load(const Job& job, std::stop_token stop) {
  if (model_ && model_index_ == job.model && server_index_ == job.server) return {};
  model_.reset();
  server_.reset();
  const PlanModel& wanted = context_.plan.models.at(static_cast<size_t>(job.model));
  LOOM_TRY(LocalModel local, resolve_model(wanted.path, context_.environment.model_folders));
  LOOM_TRY(ModelText text, load_model_text(wanted, local.path));
  LOOM_TRY(server_, context_.environment.make_server(
                        context_.plan.servers.at(static_cast<size_t>(job.server)), name_));
  LOOM_TRY(LoadedModel loaded,
           server_->load({local.path.string(), name_, context_.plan.max_length}, stop));
  std::lock_guard lock(context_.mutex);
  RunStore& store = *context_.environment.store;
  LOOM_CHECK(
      store.record_model(context_.run, job.model, json_text(describe_model(loaded, local, text))));
  DeviceRecord device;
  device.name = loaded.device_name;
  device.kind = name_;
  device.memory_bytes = loaded.device_memory_bytes;
  device.program_version = LOOM_VERSION;
  device.torch_version = loaded.torch_version;
  device.kernel_version = loaded.kernel_version;
  LOOM_CHECK(store.record_device(context_.run, device));
  if (!text.note.empty()) {
    LOOM_CHECK(store.record_event(context_.run, "template", text.note));
    context_.observer.notice(text.note);
  }
  model_ = std::make_unique<ServingModel>(
      ServingModel{*server_, name_, std::move(loaded), std::move(text)});
  model_index_ = job.model;
  server_index_ = job.server;
  return {};
}

std::string title_of(const Job& job) {
  std::string title = job.benchmark_id + " · " + job.task;
  return job.length_tokens > 0 ? title + " · " + std::to_string(job.length_tokens) : title;
}

Status Device::work(std::atomic<size_t>& next, const std::vector<std::vector<int>>& finished,
                    std::stop_token stop) {
  for (size_t i = next++; i < context_.jobs.size(); i = next++) {
    const Job& job = context_.jobs[i];
    if (finished[i].size() >= job.samples) continue;
    if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", title_of(job), ""};
    {
      std::lock_guard lock(context_.mutex);
      context_.meter.begin_job(job.index, title_of(job));
      context_.observer.progress(context_.meter.now());
    }
    if (Status loaded = load(job, stop); !loaded) {
      const ErrorKind kind = loaded.error().kind;
      // With another model in the old one's place, what is missing waits until that is back.
      if (kind == ErrorKind::cancelled || kind == ErrorKind::conflict) return loaded;
      LOOM_CHECK(fail_job(context_, job, finished[i], loaded.error()));
      continue;
    }
    LOOM_CHECK(run_job(context_, job, finished[i], *model_, stop));
  }
  return {};
}

// Runs the jobs on the plan's devices; the first broken promise of any of them stops the others.
Status run_on_devices(const RunContext& context, const std::vector<std::vector<int>>& finished,
                      std::stop_token stop) {
  std::atomic<size_t> next = 0;
  std::vector<std::string> names = context.plan.devices;
  if (names.empty()) names = {"cpu"};
  if (names.size() == 1) return Device(context, names.front()).work(next, finished, stop);
  std::stop_source all;
  std::stop_callback forward(stop, [&all] { all.request_stop(); });
  std::vector<Status> results(names.size());
  {
    std::vector<std::jthread> threads;
    for (size_t i = 0; i < names.size(); ++i)
      threads.emplace_back([&, i] {
        results[i] = Device(context, names[i]).work(next, finished, all.get_token());
        if (!results[i]) all.request_stop();
      });
  }
  Status first;
  for (Status& result : results)
    if (!result && (first || first.error().kind == ErrorKind::cancelled)) first = result;
  return first;
}

}  // namespace

Status check_run(const EvaluationPlan& plan, const RunEnvironment& environment) {
  if (auto problems = check_plan(plan, *environment.catalog); !problems.empty())
    return problems.front();
  for (const PlanModel& model : plan.models) {
    if (auto found = resolve_answering_model(model.path, environment.model_folders); !found)
      return found.error();
    if (model.chat_template == "auto" || model.chat_template == "none") continue;
    if (auto chat = read_chat_template(model.chat_template); !chat) return chat.error();
  }
  return {};
}

Result<int64_t> start_run(const EvaluationPlan& plan, const RunEnvironment& environment) {
  LOOM_CHECK(check_run(plan, environment));
  LOOM_TRY(auto jobs, unroll(plan, *environment.catalog));
  LOOM_TRY(const int64_t run, environment.store->create_run(plan, jobs));
  for (const std::string& line : left_out(plan, *environment.catalog))
    LOOM_CHECK(environment.store->record_event(run, "notice", line + ": left out"));
  return run;
}

Result<RunState> continue_run(int64_t run, const RunEnvironment& environment,
                              const RunObserver& observer, std::stop_token stop, Asked asked) {
  LOOM_TRY(RunClaim at_work, environment.store->claim(run));
  LOOM_TRY(EvaluationPlan plan, environment.store->plan(run));
  LOOM_TRY(auto jobs, environment.store->jobs(run));
  LOOM_CHECK(check_jobs(jobs, *environment.catalog));
  RunStore& store = *environment.store;
  const bool failed_too = asked == Asked::unfinished_and_failed;
  LOOM_TRY(auto finished, failed_too ? store.answered_samples(run, jobs.size())
                                     : store.finished_samples(run, jobs.size()));
  if (failed_too) LOOM_CHECK(store.record_failures(run));
  ProgressMeter meter(run, jobs, plan.max_length);
  for (auto& indices : finished) std::sort(indices.begin(), indices.end());
  for (size_t i = 0; i < jobs.size(); ++i) meter.skip(jobs[i].index, finished[i].size());

  LOOM_CHECK(store.set_state(run, RunState::running));
  std::mutex mutex;
  RunContext context{run, plan, jobs, environment, observer, meter, mutex};
  Status status = run_on_devices(context, finished, stop);

  if (!status && status.error().kind != ErrorKind::cancelled) {
    (void)store.set_state(run, RunState::failed, describe(status.error()));
    return status.error();
  }
  LOOM_TRY(size_t failed, store.failed_samples(run));
  RunState state = !status      ? RunState::paused
                   : failed > 0 ? RunState::finished_with_failures
                                : RunState::finished;
  LOOM_CHECK(store.set_state(run, state));
  observer.progress(meter.now());
  return state;
}

}  // namespace loom
