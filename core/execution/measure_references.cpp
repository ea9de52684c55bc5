#include "core/execution/measure_references.h"

#include <algorithm>
#include <map>

#include "core/catalog/local_models.h"
#include "core/catalog/rule_sets.h"
#include "core/evaluation/prompt_pack.h"
#include "core/execution/model_text.h"
#include "core/execution/reference_likelihood.h"

namespace loom {
namespace {

struct Answerer {
  std::unique_ptr<ModelServer> server;
  ModelText text;
};

class Measuring {
 public:
  Measuring(const MeasureRequest& request, const RunQueries& queries,
            const RunEnvironment& environment)
      : request_(request), queries_(queries), environment_(environment) {}

  Result<std::vector<MeasuredSample>> run(std::stop_token stop);

 private:
  Status collect();
  Result<Answerer> load(const Job& job, std::stop_token stop) const;
  Status measure(MeasuredSample& one, const Job& job, Answerer& answerer, std::stop_token stop);

  const MeasureRequest& request_;
  const RunQueries& queries_;
  const RunEnvironment& environment_;
  Provenance provenance_;
  std::vector<Job> jobs_;
  std::vector<std::pair<int64_t, int>> rows_;  // sample and its job, models in turn
};

Status Measuring::collect() {
  LOOM_TRY(provenance_, queries_.provenance(request_.run));
  LOOM_TRY(const RunSummary summary, queries_.summary(request_.run));
  for (const JobSummary& job : summary.jobs) jobs_.push_back(job.job);
  std::map<int, size_t> per_job;
  for (int64_t after = 0;;) {
    LOOM_TRY(const auto rows, queries_.samples(request_.run, {}, after, 500));
    if (rows.empty()) break;
    after = rows.back().id;
    for (const SampleRow& row : rows) {
      if (row.state != SampleState::done) continue;
      if (request_.limit > 0 && per_job[row.job]++ >= request_.limit) continue;
      rows_.emplace_back(row.id, row.job);
    }
  }
  std::stable_sort(rows_.begin(), rows_.end(), [this](const auto& a, const auto& b) {
    return jobs_.at(static_cast<size_t>(a.second)).model <
           jobs_.at(static_cast<size_t>(b.second)).model;
  });
  return {};
}

Result<Answerer> Measuring::load(const Job& job, std::stop_token stop) const {
  const EvaluationPlan& plan = provenance_.plan;
  const auto number = static_cast<size_t>(job.model);
  const PlanModel& wanted = plan.models.at(number);
  LOOM_TRY(LocalModel local, resolve_model(wanted.path, environment_.model_folders));
  Answerer answerer;
  LOOM_TRY(answerer.text, load_model_text(wanted, local.path));
  LOOM_TRY(answerer.server, environment_.make_server(
                                plan.servers.at(static_cast<size_t>(job.server)), request_.device));
  LOOM_TRY(LoadedModel loaded,
           answerer.server->load({local.path.string(), request_.device, plan.max_length}, stop));
  const auto& models = provenance_.models;
  const std::string recorded = number < models.size() && models[number].is_object()
                                   ? models[number].value("weights_hash", std::string())
                                   : std::string();
  if (!recorded.empty() && recorded != loaded.weights_hash)
    return Error{ErrorKind::conflict, "is not the model that answered: its weights have changed",
                 local.path.string(), "Run the plan again with this model"};
  return answerer;
}

Status Measuring::measure(MeasuredSample& one, const Job& job, Answerer& answerer,
                          std::stop_token stop) {
  const auto* benchmark = environment_.catalog->benchmark(job.benchmark_id);
  const auto* task = benchmark ? benchmark->task(job.task) : nullptr;
  if (!task)
    return Error{ErrorKind::not_found,
                 "there is no task \"" + job.benchmark_id + "/" + job.task + "\" any more",
                 "run " + std::to_string(request_.run), ""};
  LOOM_TRY(const TaskRule rule, task_rule(*benchmark, *task, provenance_.plan.rule_set));
  Prompt& prompt = one.sample.prompt;
  const bool with_chat =
      pack_wraps(provenance_.plan.prompt_pack, job.benchmark_id, job.task, task->chat_template);
  prompt.ids = answerer.text.encode(prompt.text, with_chat);
  one.score = score_references(*answerer.server, answerer.text, prompt, with_chat,
                               rule_references(rule, one.sample.references, one.sample.metadata),
                               request_.parameters, stop);
  if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", "score", ""};
  // The prompt was needed for this alone, and may be long.
  prompt.ids = {};
  prompt.text = {};
  return {};
}

Result<std::vector<MeasuredSample>> Measuring::run(std::stop_token stop) {
  LOOM_CHECK(collect());
  std::vector<MeasuredSample> measured;
  std::optional<Answerer> answerer;
  int model = -1, server = -1;
  for (const auto& [id, number] : rows_) {
    const Job& job = jobs_.at(static_cast<size_t>(number));
    if (!answerer || job.model != model || job.server != server) {
      answerer.reset();
      LOOM_TRY(answerer, load(job, stop));
      model = job.model;
      server = job.server;
    }
    MeasuredSample one;
    one.job = number;
    LOOM_TRY(one.sample, queries_.sample(id));
    LOOM_CHECK(measure(one, job, *answerer, stop));
    // A server without log probabilities has none for the others either.
    if (!one.score && one.score.error().kind == ErrorKind::unsupported) return one.score.error();
    measured.push_back(std::move(one));
    request_.progress(measured.size(), rows_.size());
  }
  return measured;
}

}  // namespace

Result<std::vector<MeasuredSample>> measure_references(const MeasureRequest& request,
                                                       const RunQueries& queries,
                                                       const RunEnvironment& environment,
                                                       std::stop_token stop) {
  return Measuring(request, queries, environment).run(stop);
}

}  // namespace loom
