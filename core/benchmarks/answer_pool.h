// Questions and answers of the user's Ada-LEval files, whatever lengths those have.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/benchmarks/benchmark.h"

namespace loom {

struct PooledQuestion {
  std::string text;
  std::vector<size_t> answers;  // of the pool: all that stood with the question
  size_t right = 0;
};

struct AnswerPool {
  std::vector<std::string> answers;  // all different
  std::vector<PooledQuestion> questions;
  std::string label;
};

// Nothing where the user has no such file. Reads the shortest file first, and stops when there are
// enough questions, and answers for several samples.
Result<std::optional<AnswerPool>> published_answers(const TaskRequest& request, size_t questions,
                                                    std::stop_token stop);

}  // namespace loom
