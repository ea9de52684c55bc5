// How far a judge can be trusted: its verdicts on a small set of our own whose right answers are
// known. Asked once per judge and prompt version; the verdict cache holds it from then on.
#pragma once

#include <set>

#include "core/judge/judge.h"
#include "core/statistics/intervals.h"

namespace loom {

struct LabelledPair {
  std::string question, reference, right, wrong;
};

// One of a task's own questions, and the verdict that is right.
struct LabelledQuestion {
  std::string question;  // as task_question names it
  std::vector<std::pair<std::string, std::string>> parts;
  std::string verdict;
};

struct LabelledSet {
  int version = 0;
  std::vector<LabelledPair> pairs;
  std::vector<LabelledQuestion> questions;
};
Result<LabelledSet> read_labelled_set(const std::filesystem::path& file);

struct Agreement {
  std::string rubric;  // the one it was measured by
  int set_version = 0;
  size_t agreed = 0, cases = 0;
  size_t unparsed = 0;  // count as no agreement: such a judge is of no use for these
  double share = 0;
  Interval interval;  // Wilson, 95 %
};

// Every case under the rubric: right is yes, or the upper half of a scale; of two answers the right
// one is preferred. Rubrics without a reference are measured by "correct".
Result<Agreement> measure_agreement(Judge& judge, const Rubric& rubric, const LabelledSet& set,
                                    std::stop_token stop);
// On the cases of these questions; none: on "correct".
Result<Agreement> measure_task_agreement(Judge& judge, const std::set<std::string_view>& questions,
                                         const LabelledSet& set, std::stop_token stop);
nlohmann::json agreement_json(const Agreement& agreement);

}  // namespace loom
