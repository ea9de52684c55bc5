#include "core/execution/estimate_prompts.h"

#include <algorithm>
#include <chrono>

#include "core/catalog/rule_sets.h"
#include "core/execution/job_records.h"
#include "core/execution/reference_likelihood.h"
#include "core/execution/sample_request.h"
#include "core/execution/scoring.h"
#include "core/metrics/metric.h"

namespace loom {
namespace {

constexpr size_t kLeastSamples = 4;
// Neighbours often share a document: what is looked at are groups of them.
constexpr size_t kGroup = 8;

Result<bool> is_remembered(const EvaluationPlan& plan, const TaskDescription& task,
                           const Record& record, size_t index, const Prompt& prompt,
                           int max_new_tokens, const ModelForEstimate& model,
                           const RunEnvironment& environment) {
  if (!plan.reuse_answers || !environment.store || record.follow_up ||
      model.rate.weights_hash.empty())
    return false;
  Sample sample;
  sample.record_id = record.id;
  sample.references = record.references;
  const GenerationRequest request =
      sample_request(plan, task, index, prompt, max_new_tokens, *model.text.tokenizer);
  LOOM_TRY(auto answer, environment.store->remembered_answer(
                            sample_identity(sample, request,
                                            {model.rate.weights_hash, model.rate.kernel_version,
                                             model.text.tokenizer->fingerprint()})));
  return answer.has_value();
}

// The first samples stand for all where all have one length; else groups from everywhere, so many
// that they hold about the wanted number of tokens.
std::vector<size_t> choose(const std::vector<Record>& records, size_t tokens) {
  constexpr size_t kBytesPerToken = 4;
  size_t bytes = 0;
  for (const Record& record : records) bytes += record.prompt.size();
  const size_t groups = (records.size() + kGroup - 1) / kGroup;
  const size_t all = std::max<size_t>(bytes / kBytesPerToken, 1);
  const size_t wanted =
      std::clamp<size_t>(groups * std::min(tokens, all) / all, std::min<size_t>(groups, 1), groups);
  std::vector<size_t> chosen;
  for (size_t i = 0; i < wanted; ++i)
    for (size_t at = i * groups / wanted * kGroup, end = at + kGroup;
         at < std::min(end, records.size()); ++at)
      chosen.push_back(at);
  return chosen;
}

// Of one sample, in tokens. Very long ones are told from their beginning.
double longest_reference(const Record& record, const ModelText& model) {
  constexpr size_t kBytesRead = 20'000;
  auto longer = [](const std::string& a, const std::string& b) { return a.size() < b.size(); };
  auto found = std::max_element(record.references.begin(), record.references.end(), longer);
  if (found == record.references.end() || found->empty()) return 0;
  const size_t read = std::min(found->size(), kBytesRead);
  const auto tokens = static_cast<double>(model.tokenizer->encode(found->substr(0, read)).size());
  return tokens * static_cast<double>(found->size()) / static_cast<double>(read);
}

}  // namespace

Result<EstimatePrompts> estimate_prompts(const EvaluationPlan& plan, const Job& job,
                                         const ModelForEstimate& model,
                                         const RunEnvironment& environment, size_t tokens,
                                         std::stop_token stop) {
  const auto start = std::chrono::steady_clock::now();
  // How many there are is not known of every file; all are read to learn it then.
  size_t asked = job.limit;
  const bool some = job.length_tokens > 0 && (job.limit > 0 || job.official_samples > 0);
  if (some) asked = std::min(job.samples, std::max(kLeastSamples, tokens / job.length_tokens));
  LOOM_TRY(JobRecords records, job_records(plan, job, *environment.catalog, model.text,
                                           environment.data_folder, asked, stop));
  const std::vector<Record>& all = records.task.records;
  const TaskDescription& task = *records.description;
  EstimatePrompts prompts;
  prompts.samples = some && asked < job.samples && all.size() == asked ? job.samples : all.size();
  prompts.max_new_tokens = prompt_limits(plan, task, {}, model.local.window_tokens).max_new_tokens;
  prompts.rule = records.rule;
  LOOM_TRY(const Metric* metric, find_metric(records.rule.metric));
  for (size_t index : choose(all, some ? SIZE_MAX : tokens)) {
    if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", job.task, ""};
    const Record& record = all[index];
    PromptLimits limits = prompt_limits(plan, task, record, model.local.window_tokens);
    const int max_new_tokens = limits.max_new_tokens;
    prompts.max_new_tokens = std::max(prompts.max_new_tokens, max_new_tokens);
    ++prompts.looked_at;
    prompts.longest_reference += longest_reference(record, model.text);
    const bool read = metric->source == MetricSource::likelihood;
    std::vector<std::string> references =
        metric->source == MetricSource::answer
            ? std::vector<std::string>{}
            : rule_references(records.rule, record.references, record.metadata);
    std::vector<size_t> lengths;
    if (read) lengths = reference_lengths(model.text, references);
    for (size_t length : lengths)
      limits.max_new_tokens = std::max(limits.max_new_tokens, static_cast<int>(length));
    auto prompt = build_prompt(record, model.text, limits);
    prompts.truncated += !prompt || prompt->truncation.cut;
    if (!prompt) continue;
    bool remembered = false;  // where references are read the model is at work anyway
    if (!read) {
      LOOM_TRY(remembered, is_remembered(plan, task, record, index, *prompt, max_new_tokens, model,
                                         environment));
    }
    if (metric->source == MetricSource::encoder)
      prompts.references.push_back(std::move(references));
    prompts.remembered += remembered;
    if (remembered) continue;
    prompts.to_answer.push_back(std::move(*prompt));
    if (read) prompts.reference_tokens.push_back(std::move(lengths));
  }
  if (prompts.looked_at > 0) prompts.longest_reference /= static_cast<double>(prompts.looked_at);
  prompts.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return prompts;
}

}  // namespace loom
