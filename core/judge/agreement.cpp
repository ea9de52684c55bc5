#include "core/judge/agreement.h"

#include "core/base/text_file.h"
#include "core/judge/task_questions.h"
#include "core/judge/task_rubric.h"

namespace loom {
namespace {

void count(Agreement& agreement, const Verdict& verdict, bool right) {
  ++agreement.cases;
  if (!verdict.value) {
    ++agreement.unparsed;
  } else if (right ? *verdict.value > 0.5 : *verdict.value < 0.5) {
    ++agreement.agreed;
  }
}

// Either answer stands first in half of the pairs, so that a judge gains nothing from one place.
Status compare_labelled(Judge& judge, const LabelledPair& pair, bool right_first,
                        Agreement& agreement, std::stop_token stop) {
  const std::string& first = right_first ? pair.right : pair.wrong;
  const std::string& second = right_first ? pair.wrong : pair.right;
  LOOM_TRY(const Verdict verdict,
           judge.compare({pair.question, pair.reference, first, second}, stop));
  count(agreement, verdict, right_first);
  return {};
}

void add_share(Agreement& agreement) {
  const auto cases = static_cast<double>(agreement.cases);
  agreement.share = agreement.cases == 0 ? 0 : static_cast<double>(agreement.agreed) / cases;
  agreement.interval = wilson(agreement.agreed, agreement.cases);
}

}  // namespace

Result<LabelledSet> read_labelled_set(const std::filesystem::path& file) {
  LOOM_TRY(const nlohmann::json json, read_json(file));
  try {
    LabelledSet set;
    set.version = json.at("version").get<int>();
    for (const auto& pair : json.at("pairs"))
      set.pairs.push_back(
          {pair.at("question").get<std::string>(), pair.at("reference").get<std::string>(),
           pair.at("right").get<std::string>(), pair.at("wrong").get<std::string>()});
    for (const auto& one : json.at("questions")) {
      LabelledQuestion labelled{
          one.at("question").get<std::string>(), {}, one.at("verdict").get<std::string>()};
      for (const auto& part : one.at("parts"))
        labelled.parts.emplace_back(part.at(0).get<std::string>(), part.at(1).get<std::string>());
      set.questions.push_back(std::move(labelled));
    }
    return set;
  } catch (const nlohmann::json::exception& problem) {
    return Error{ErrorKind::corrupt, problem.what(), file.string(), ""};
  }
}

Result<Agreement> measure_agreement(Judge& judge, const Rubric& rubric, const LabelledSet& set,
                                    std::stop_token stop) {
  const bool preference = rubric.kind == Rubric::Kind::preference;
  const Rubric* used = &rubric;
  if (!preference && !rubric.needs_reference) {
    LOOM_TRY(used, find_rubric("correct"));
  }
  Agreement agreement;
  agreement.rubric = used->id;
  agreement.set_version = set.version;
  for (size_t i = 0; i < set.pairs.size(); ++i) {
    const LabelledPair& pair = set.pairs[i];
    if (preference) {
      LOOM_CHECK(compare_labelled(judge, pair, i % 2 == 0, agreement, stop));
      continue;
    }
    for (const bool right : {true, false}) {
      LOOM_TRY(
          const Verdict verdict,
          judge.ask(*used, {pair.question, pair.reference, right ? pair.right : pair.wrong, ""},
                    stop));
      count(agreement, verdict, right);
    }
  }
  add_share(agreement);
  return agreement;
}

Result<Agreement> measure_task_agreement(Judge& judge, const std::set<std::string_view>& questions,
                                         const LabelledSet& set, std::stop_token stop) {
  if (questions.empty()) {
    LOOM_TRY(const Rubric* correct, find_rubric("correct"));
    return measure_agreement(judge, *correct, set, stop);
  }
  Agreement agreement;
  agreement.rubric = kTaskRubric;
  agreement.set_version = set.version;
  for (const LabelledQuestion& one : set.questions) {
    if (!questions.contains(one.question)) continue;
    std::vector<CasePart> parts;
    for (const auto& [tag, text] : one.parts) parts.push_back({tag.c_str(), text});
    LOOM_TRY(const Verdict verdict, judge.ask(task_question(one.question), parts, stop));
    ++agreement.cases;
    agreement.unparsed += !verdict.value;
    agreement.agreed += verdict.value && verdict.parsed == one.verdict;
  }
  add_share(agreement);
  return agreement;
}

nlohmann::json agreement_json(const Agreement& agreement) {
  return {{"rubric", agreement.rubric},          {"set_version", agreement.set_version},
          {"agreed", agreement.agreed},          {"n", agreement.cases},
          {"unparsed", agreement.unparsed},      {"share", agreement.share * 100},
          {"low", agreement.interval.low * 100}, {"high", agreement.interval.high * 100}};
}

}  // namespace loom
