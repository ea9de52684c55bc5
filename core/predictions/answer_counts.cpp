#include "core/predictions/answer_counts.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace loom {
namespace {

// Ids of other files, and of other questions in the same file, may be the same: several questions
// on one document often share the document's, and short answers such as "yes" too.
bool asks_the_same(const StoredAnswer& one, const StoredAnswer& other) {
  return one.question == other.question && one.references == other.references &&
         one.metadata == other.metadata;
}

std::string_view file_of(const StoredAnswer& answer) {
  return std::string_view(answer.where).substr(0, answer.where.find_last_of(":,"));
}

Status check_one_each(const PredictionSet& set) {
  const std::string remedy = "Keep one answer to each id; --metric pass_at_k alone takes several";
  for (size_t i = 1; i < set.answers.size(); ++i)
    if (const StoredAnswer& answer = set.answers[i];
        !answer.where.empty() && answer.where == set.answers[i - 1].where)
      return Error{ErrorKind::invalid_input, "sample " + answer.id + " has several answers",
                   answer.where, remedy};
  if (set.benchmark == "nolima") return {};  // an id is a needle's, which stands at many places
  std::unordered_map<std::string, const StoredAnswer*> firsts;
  for (const StoredAnswer& answer : set.answers) {
    if (answer.where.empty()) continue;  // out of a run, which has as many as were asked for
    const auto [known, is_new] =
        firsts.try_emplace(std::string(file_of(answer)) + '\n' + answer.id, &answer);
    if (!is_new && asks_the_same(*known->second, answer))
      return Error{
          ErrorKind::invalid_input,
          "sample " + answer.id + " is answered a second time; first in " + known->second->where,
          answer.where, remedy};
  }
  return {};
}

// Problems are told apart as the metric does it, by their programs' surroundings.
Status check_enough_each(const PredictionSet& set, double k) {
  struct Problem {
    const StoredAnswer* first;
    size_t answers = 0;
  };
  std::vector<Problem> problems;
  std::unordered_map<std::string, size_t> known;
  for (const StoredAnswer& answer : set.answers) {
    const auto& record = answer.metadata;
    if (!record.is_object() || !record.contains("code_prompt") || !record.contains("code_test"))
      continue;  // is not scored
    const auto [place, is_new] = known.try_emplace(
        record.at("code_prompt").dump() + '\n' + record.at("code_test").dump(), problems.size());
    if (is_new) problems.push_back({&answer});
    ++problems[place->second].answers;
  }
  for (const Problem& problem : problems)
    if (static_cast<double>(problem.answers) < k)
      return Error{
          ErrorKind::invalid_input,
          "pass@" + std::to_string(static_cast<int64_t>(std::min(k, 1e9))) +
              " needs as many answers to each problem; to that of sample " + problem.first->id +
              " there are " + std::to_string(problem.answers),
          problem.first->where,
          "Give a smaller --k, or further answers: a list of texts, or lines with the same id"};
  return {};
}

}  // namespace

Status check_answer_counts(const PredictionSet& set, const TaskRule& rule) {
  if (rule.metric != "pass_at_k") return check_one_each(set);
  const auto& given = rule.parameters;
  const bool told = given.is_object() && given.contains("k") && given.at("k").is_number();
  return check_enough_each(set, told ? given.at("k").get<double>() : 1);
}

}  // namespace loom
