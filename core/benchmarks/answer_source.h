// Questions with one right answer and as many wrong ones as a length needs: of the user's Ada-LEval
// files, else made here.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/benchmarks/benchmark.h"

namespace loom {

struct WrongAnswer {
  std::string text;
  bool house = false;  // made here
};

struct AskedQuestion {
  std::string text, right;
  // Without end and without repeating: those nearest to the right answer come first. Valid as long
  // as the source is.
  std::function<WrongAnswer()> next_wrong;
};

class AnswerSource {
 public:
  virtual ~AnswerSource() = default;
  // The same index and seed give the same question and wrong answers.
  virtual AskedQuestion question(size_t index) const = 0;
  virtual std::string label() const = 0;
};

// `questions`: how many different ones are wanted. A question of the user's files is taken when
// `fits` says that it has room.
using QuestionFits = std::function<bool(const std::string& question, const std::string& right)>;
Result<std::unique_ptr<AnswerSource>> answer_source(const TaskRequest& request, size_t questions,
                                                    const QuestionFits& fits, std::stop_token stop);

}  // namespace loom
