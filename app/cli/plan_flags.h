// A plan from the field's flags: --model_path, --cfg_path, --benchmark and so on.
#pragma once

#include "app/cli/command.h"
#include "core/evaluation/evaluation_plan.h"

namespace loom::cli {

const std::vector<Option>& plan_options();
// A plan file given as the positional argument, changed by flags that stand beside it; or a plan
// made of flags alone.
Result<EvaluationPlan> plan_from(const Invocation& invocation, const Catalog& catalog);

// --temperature, --top_k, --top_p, --min_p, --repetition_penalty and --seed where they are given.
Status read_decoding_flags(const Invocation& invocation, DecodingSettings& decoding);

// The field's benchmark configuration (YAML or JSON): benchmark_name, task_names, lengths, sizes,
// num_samples and what else loom-scope's have, with that package's names of tasks. Several entries
// where tasks have lengths of their own. A key that this program does not follow is an Error, not
// ignored; keys of judges and of how data is made are no matter of a plan.
Result<std::vector<PlanBenchmark>> read_benchmark_config(const std::filesystem::path& file);

}  // namespace loom::cli
