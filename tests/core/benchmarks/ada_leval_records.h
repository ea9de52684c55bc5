// Ada-LEval's samples, made with a small tokenizer, and the scores of answers to them.
#pragma once

#include "core/benchmarks/ada_leval.h"
#include "core/metrics/metric.h"
#include "tests/core/benchmarks/file_records.h"
#include "tests/core/benchmarks/record_checks.h"

namespace loom::testing {

class AdaLEvalRecords {
 public:
  explicit AdaLEvalRecords(const char* task) : task_(task) {}

  // Without a folder they are made of the program's own texts.
  Result<TaskRecords> made(size_t length, size_t samples,
                           const std::filesystem::path& folder = {}) const {
    TaskRequest request = model_.request(task_, length, samples);
    if (!folder.empty()) request.data_folder = folder;
    return records("ada_leval", request);
  }
  // Of the prompt and the longest answer.
  size_t tokens(const Record& record) const {
    return model_.tokens(record) + kAdaLEvalAnswerTokens;
  }

 private:
  std::string task_;
  ModelForRecords model_ = fixture_for_records("qwen2.json");
};

inline double score_of(const Record& record, const char* metric, const std::string& answer) {
  const MetricInput input{answer, record.references, nlohmann::json::object(), record.metadata};
  return (*find_metric(metric))->score(input).value.value_or(-1);
}

}  // namespace loom::testing
