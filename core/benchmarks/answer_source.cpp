#include "core/benchmarks/answer_source.h"

#include <algorithm>
#include <unordered_set>

#include "core/base/random.h"
#include "core/benchmarks/answer_pool.h"
#include "core/benchmarks/house_faults.h"

namespace loom {
namespace {

Random stream(const TaskRequest& request, size_t index, const char* part) {
  return Random(request.seed, request.task + "/" + std::to_string(request.length_tokens) + "/" +
                                  std::to_string(index) + "/" + part);
}

class OwnFaults : public AnswerSource {
 public:
  OwnFaults(const TaskRequest& request, HouseFaults faults)
      : request_(request), faults_(std::move(faults)) {}
  AskedQuestion question(size_t index) const override {
    return faults_.ask(stream(request_, index, "fault"));
  }
  std::string label() const override { return "house data"; }

 private:
  const TaskRequest& request_;
  const HouseFaults faults_;
};

// A question's own wrong answers, then those to other questions, then ours.
class PublishedAnswers : public AnswerSource {
 public:
  PublishedAnswers(const TaskRequest& request, AnswerPool pool, std::vector<size_t> fitting,
                   HouseFaults faults)
      : request_(request),
        pool_(std::move(pool)),
        fitting_(std::move(fitting)),
        faults_(std::move(faults)) {}

  AskedQuestion question(size_t index) const override {
    const PooledQuestion& pooled = pool_.questions[fitting_[index % fitting_.size()]];
    Random random = stream(request_, index, "answers");
    std::vector<size_t> own, others;
    std::unordered_set<size_t> of_question(pooled.answers.begin(), pooled.answers.end());
    for (size_t answer : of_question)
      if (answer != pooled.right) own.push_back(answer);
    std::sort(own.begin(), own.end());
    random.shuffle(own);
    for (size_t answer = 0; answer < pool_.answers.size(); ++answer)
      if (!of_question.contains(answer)) others.push_back(answer);
    random.shuffle(others);
    own.insert(own.end(), others.begin(), others.end());
    return {pooled.text, pool_.answers[pooled.right],
            [this, order = std::move(own), next = size_t{0},
             ours = faults_.others(stream(request_, index, "fault"))]() mutable -> WrongAnswer {
              if (next < order.size()) return {pool_.answers[order[next++]], false};
              return ours();
            }};
  }
  std::string label() const override { return pool_.label; }

 private:
  const TaskRequest& request_;
  const AnswerPool pool_;
  const std::vector<size_t> fitting_;
  const HouseFaults faults_;
};

}  // namespace

Result<std::unique_ptr<AnswerSource>> answer_source(const TaskRequest& request, size_t questions,
                                                    const QuestionFits& fits,
                                                    std::stop_token stop) {
  LOOM_TRY(HouseFaults faults, HouseFaults::load());
  LOOM_TRY(auto pool, published_answers(request, questions, stop));
  if (!pool)
    return std::unique_ptr<AnswerSource>(std::make_unique<OwnFaults>(request, std::move(faults)));
  std::vector<size_t> fitting;
  for (size_t i = 0; i < pool->questions.size(); ++i)
    if (fits(pool->questions[i].text, pool->answers[pool->questions[i].right]))
      fitting.push_back(i);
  if (fitting.empty())
    return Error{ErrorKind::invalid_input,
                 std::to_string(request.length_tokens) +
                     " tokens leave no room for any question of the official files",
                 "ada_leval/" + request.task, "Choose a longer length"};
  return std::unique_ptr<AnswerSource>(std::make_unique<PublishedAnswers>(
      request, std::move(*pool), std::move(fitting), std::move(faults)));
}

}  // namespace loom
