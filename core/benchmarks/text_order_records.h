// Ada-LEval's text order, made here at any length in the tested model's tokens: four consecutive
// parts of a text in mixed order, between what stands before and after them.
#pragma once

#include "core/benchmarks/benchmark.h"

namespace loom {

Result<TaskRecords> text_order_records(const TaskRequest& request, const Wording& wording,
                                       std::stop_token stop);

}  // namespace loom
