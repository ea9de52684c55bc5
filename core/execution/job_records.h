// The records of one job: the benchmark's generator or data reader, told about the model's
// tokenizer and chat wrapper so that lengths are exact for this model.
#pragma once

#include <stop_token>

#include "core/benchmarks/benchmark.h"
#include "core/evaluation/job.h"
#include "core/execution/model_text.h"

namespace loom {

struct JobRecords {
  TaskRecords task;
  const BenchmarkDescription* benchmark = nullptr;
  const TaskDescription* description = nullptr;
  TaskRule rule;  // of the plan's rule set
  // The description, where the plan's prompt pack wraps prompts or ends answers otherwise than the
  // catalogue.
  std::shared_ptr<const TaskDescription> changed_by_pack;
};

Result<JobRecords> job_records(const EvaluationPlan& plan, const Job& job, const Catalog& catalog,
                               const ModelText& text, const std::filesystem::path& data_folder,
                               size_t samples, std::stop_token stop);

}  // namespace loom
