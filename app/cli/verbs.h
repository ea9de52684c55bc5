// The functions behind the verbs, one file each.
#pragma once

#include "app/cli/command.h"

namespace loom::cli {

Result<int> run_plan(const Invocation& invocation);
Result<int> resume_run(const Invocation& invocation);
Result<int> score_predictions(const Invocation& invocation);
Result<int> judge_runs(const Invocation& invocation);
Result<int> list_runs(const Invocation& invocation);
Result<int> show_run(const Invocation& invocation);
Result<int> compare_runs(const Invocation& invocation);
Result<int> export_run(const Invocation& invocation);
Result<int> estimate_plan(const Invocation& invocation);
Result<int> validate_files(const Invocation& invocation);
Result<int> models(const Invocation& invocation);
Result<int> benchmarks(const Invocation& invocation);
Result<int> tokenize(const Invocation& invocation);
Result<int> render(const Invocation& invocation);
Result<int> logits(const Invocation& invocation);
Result<int> generate(const Invocation& invocation);
Result<int> doctor(const Invocation& invocation);

}  // namespace loom::cli
