// RULER's samples out of files that its generator wrote, as LOOMBENCH has them.
#pragma once

#include <stop_token>

#include "core/benchmarks/benchmark.h"

namespace loom {

// Of the request's data_file: records with "input", "outputs" and, where it does not end the input
// already, "answer_prefix".
Result<TaskRecords> ruler_file_records(const TaskRequest& request, std::stop_token stop);

}  // namespace loom
