// Needle samples out of a file that holds them with their texts, as LOOMBENCH's niah.jsonl does.
#pragma once

#include <stop_token>

#include "core/benchmarks/benchmark.h"

namespace loom {

// Of the request's data_file. A record has the text ("passage", "context", …), a question
// ("question", "retrieval_question", …), the answer, and its place in the grid ("context_length",
// "depth_percent"). With a length only records of that length are taken.
Result<TaskRecords> niah_records(const TaskRequest& request, std::stop_token stop);

}  // namespace loom
