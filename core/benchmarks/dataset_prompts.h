// LongBench's way of keeping prompts: dataset2prompt.json beside the data holds a pattern for each
// task, dataset2maxlen.json the longest answer in tokens. CLongEval keeps them alike.
#pragma once

#include "core/benchmarks/benchmark.h"

namespace loom {

// The plan's prompt pack, else the files beside the data, else our words for the task. `entry` is
// the task's name in the files.
Result<Wording> dataset_wording(const TaskRequest& request, const std::string& benchmark,
                                const std::string& entry);

}  // namespace loom
