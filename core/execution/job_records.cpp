#include "core/execution/job_records.h"

#include "core/benchmarks/custom.h"
#include "core/catalog/benchmark_data.h"
#include "core/catalog/rule_sets.h"
#include "core/catalog/suite_files.h"
#include "core/evaluation/prompt_pack.h"
#include "core/execution/pack_wording.h"

namespace loom {
namespace {

// A turn that no template alters, to see what a wrapper puts around any turn.
constexpr const char* kProbe = "7f3aUSERTURN7f3a";

void describe_wrapper(const ModelText& text, bool with_chat, TaskRequest& request) {
  auto wrapped = text.wrap(kProbe, "", with_chat);
  if (!wrapped) return;
  size_t at = wrapped->find(kProbe);
  if (at == std::string::npos) return;
  request.wrapper_head = wrapped->substr(0, at);
  request.wrapper_tail = wrapped->substr(at + std::string_view(kProbe).size());
}

}  // namespace

Result<JobRecords> job_records(const EvaluationPlan& plan, const Job& job, const Catalog& catalog,
                               const ModelText& text, const std::filesystem::path& data_folder,
                               size_t samples, std::stop_token stop) {
  JobRecords records;
  records.benchmark = catalog.benchmark(job.benchmark_id);
  records.description = records.benchmark ? records.benchmark->task(job.task) : nullptr;
  if (!records.description)
    return Error{ErrorKind::not_found,
                 "the catalogue has no task " + job.benchmark_id + "/" + job.task, "plan",
                 "Update LoomScope, or take the task out of the plan"};
  auto own = std::make_shared<TaskDescription>(*records.description);
  own->chat_template = pack_wraps(plan.prompt_pack, job.benchmark_id, job.task, own->chat_template);
  own->stop = pack_stops(plan.prompt_pack, job.benchmark_id, job.task, own->stop);
  if (own->chat_template != records.description->chat_template ||
      own->stop != records.description->stop) {
    records.description = own.get();
    records.changed_by_pack = std::move(own);
  }
  LOOM_TRY(records.rule, task_rule(*records.benchmark, *records.description, plan.rule_set));
  if (plan.strip_thinking) leave_thoughts_aside(records.rule);
  LOOM_TRY(auto benchmark, make_benchmark(*records.benchmark));
  const PlanBenchmark& chosen = plan.benchmarks.at(static_cast<size_t>(job.benchmark));
  bool with_chat = records.description->chat_template;

  TaskRequest request;
  request.task = job.task;
  request.length_tokens = job.length_tokens;
  request.samples = samples;
  request.official_samples = job.official_samples;
  request.seed = plan.seed;
  request.skip_bad_records = plan.skip_bad_records;
  request.tokenizer = text.tokenizer.get();
  request.data_folder = data_folder / job.benchmark_id;
  request.find_file = [described = records.benchmark, &data_folder](const std::string& name) {
    return find_data_file(*described, name, data_folder);
  };
  if (!chosen.suite.empty()) {
    const SuiteDescription* suite = catalog.suite(chosen.suite);
    if (!suite)
      return Error{ErrorKind::not_found, "there is no suite \"" + chosen.suite + "\"", "plan",
                   "Update LoomScope, or take the benchmark out of the plan"};
    LOOM_TRY(request.data_file,
             suite_file(*suite, job.benchmark_id, job.task, job.length_tokens, data_folder));
    request.data_owner = suite->title;
  }
  LOOM_TRY(request.parameters,
           complete_parameters(records.benchmark->parameters, chosen.parameters));
  // Beside a benchmark's own words a plan may name the encoder that its rule needs.
  if (const std::string encoder = request.parameters.value("encoder", ""); !encoder.empty())
    records.rule.parameters.emplace("encoder", encoder);
  request.count_prompt = [&text, with_chat](const std::string& user, const std::string& prefix) {
    auto whole = text.wrap(user, prefix, with_chat);
    return whole ? text.encode(*whole, with_chat).size() : 0;
  };
  describe_wrapper(text, with_chat, request);
  request.wording = pack_wording(plan.prompt_pack, job.benchmark_id, job.task);
  LOOM_TRY(records.task, benchmark->records(request, stop));
  if (request.wording) LOOM_CHECK(check_pack_was_used(request, job.benchmark_id, records.task));
  return records;
}

}  // namespace loom
