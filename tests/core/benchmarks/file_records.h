// Records of benchmarks that read files.
#pragma once

#include "core/benchmarks/benchmark.h"

namespace loom::testing {

inline TaskRequest request_for(const std::string& task, size_t length,
                               const std::filesystem::path& folder) {
  TaskRequest request;
  request.task = task;
  request.length_tokens = length;
  request.data_folder = folder;
  return request;
}

inline Result<TaskRecords> records(const std::string& benchmark, const TaskRequest& request) {
  return (*make_benchmark(benchmark))->records(request, {});
}

}  // namespace loom::testing
