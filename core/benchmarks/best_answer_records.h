// Ada-LEval's best answer, made here at any length in the tested model's tokens.
#pragma once

#include "core/benchmarks/benchmark.h"

namespace loom {

Result<TaskRecords> best_answer_records(const TaskRequest& request, const Wording& wording,
                                        std::stop_token stop);

}  // namespace loom
