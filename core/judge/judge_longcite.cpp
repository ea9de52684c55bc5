// LongCite: whether each statement is supported by what it cites (recall), whether each citation
// bears on its statement (precision), and whether the answer is right. The score is the F1 of the
// citations; correctness is a figure, as the official tables have it. Where the question was also
// asked without citations, that answer's correctness is a figure beside it, and is no case of its
// own.
#include <algorithm>
#include <array>

#include "core/judge/cited_statements.h"
#include "core/judge/judge_run.h"
#include "core/judge/sent_document.h"
#include "core/judge/task_questions.h"
#include "core/judge/task_rubric.h"
#include "core/statistics/decimal.h"
#include "core/text/python_text.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr std::string_view kPlain = "-plain";

// Verdicts of one kind; a question without one is left out and counted.
struct Tally {
  std::vector<double> values;
  size_t without_verdict = 0;
  void add(const Verdict& verdict, std::optional<double> value) {
    if (verdict.value)
      values.push_back(*value);
    else
      ++without_verdict;
  }
};

class CitationJudging {
 public:
  CitationJudging(Judge& judge, const Sample& sample, std::stop_token stop)
      : judge_(judge),
        sample_(sample),
        stop_(stop),
        question_(text_of("question", judge_case(sample, "").question)),
        answer_(read_cited_answer(
            sample.result.text,
            numbered_parts(sent_document(sample), kSentenceMarks, sample.prompt.truncation.cut))) {}

  // An ordinary answer: its correctness alone.
  Result<Verdict> run_plain() {
    answer_.plain = strip_spaces(sample_.result.text);
    LOOM_CHECK(add_correctness());
    Verdict verdict;
    verdict.parts = {{"twin", twin()}, {"beside", true}};
    verdict.value = correctness();
    verdict.rule = verdict.value ? "correctness without citations" : "unparsed: no grade";
    if (verdict.value) verdict.parts["figures"] = {{"correctness_plain", *verdict.value}};
    return verdict;
  }

  Result<Verdict> run() {
    for (const CitedStatement& statement : answer_.statements) {
      LOOM_CHECK(add_support(statement));
      LOOM_CHECK(add_use(statement));
    }
    LOOM_CHECK(add_correctness());
    return verdict();
  }

 private:
  Status add_support(const CitedStatement& statement) {
    if (statement.citations.empty()) return add_need(statement);
    std::string cited;
    for (const Citation& citation : statement.citations)
      cited += (cited.empty() ? "" : "\n\n") + citation.text;
    if (cited.empty()) {
      recall_.values.push_back(0);
      return {};
    }
    LOOM_TRY(const Verdict verdict,
             judge_.ask(task_question("citation_support"),
                        std::array{CasePart{"question", question_},
                                   CasePart{"statement", statement.text}, CasePart{"cited", cited}},
                        stop_));
    recall_.add(verdict, verdict.value);
    return {};
  }

  Status add_need(const CitedStatement& statement) {
    LOOM_TRY(const Verdict verdict, judge_.ask(task_question("citation_need"),
                                               std::array{CasePart{"question", question_},
                                                          CasePart{"answer", answer_.plain},
                                                          CasePart{"statement", statement.text}},
                                               stop_));
    recall_.add(verdict, 1 - verdict.value.value_or(0));
    return {};
  }

  Status add_use(const CitedStatement& statement) {
    for (const Citation& citation : statement.citations) {
      LOOM_TRY(const Verdict verdict, judge_.ask(task_question("citation_use"),
                                                 std::array{CasePart{"question", question_},
                                                            CasePart{"statement", statement.text},
                                                            CasePart{"cited", citation.text}},
                                                 stop_));
      precision_.add(verdict, verdict.value);
    }
    return {};
  }

  // The best grade over the references.
  Status add_correctness() {
    const std::string set = text_of("dataset");
    std::string answer = answer_.plain;
    if (set == "longbench-chat") std::replace(answer.begin(), answer.end(), '\n', ' ');
    const Rubric& rubric = task_question(set == "gov_report"       ? "answer5"
                                         : set == "longbench-chat" ? "answer10"
                                                                   : "answer3");
    for (const std::string& reference : sample_.references) {
      std::vector<CasePart> parts{
          {"question", question_}, {"reference", reference}, {"answer", answer}};
      if (const std::string examples = graded_examples(); !examples.empty())
        parts.insert(parts.begin() + 1, {"examples", examples});
      LOOM_TRY(const Verdict verdict, judge_.ask(rubric, parts, stop_));
      // Ten grades count as tenths, the others from none to all.
      const double value = set == "longbench-chat" && verdict.value
                               ? std::stod(verdict.parsed) / rubric.high
                               : verdict.value.value_or(0);
      correctness_.add(verdict, value);
    }
    return {};
  }
  std::optional<double> correctness() const {
    if (correctness_.values.empty()) return std::nullopt;
    return *std::max_element(correctness_.values.begin(), correctness_.values.end());
  }
  // What both answers to a question have in common.
  std::string twin() const {
    const std::string& id = sample_.record_id;
    return id.ends_with(kPlain) ? id.substr(0, id.size() - kPlain.size()) : id;
  }

  std::string text_of(const char* name, const std::string& otherwise = "") const {
    const auto found = sample_.metadata.find(name);
    return found != sample_.metadata.end() && found->is_string() ? found->get<std::string>()
                                                                 : otherwise;
  }

  // [{"answer", "score"}] of longbench-chat.
  std::string graded_examples() const {
    std::string text;
    if (!sample_.metadata.is_object()) return text;
    const json examples = sample_.metadata.value("graded_examples", json::array());
    for (const json& example : examples)
      if (example.is_object() && example.contains("answer") && example["answer"].is_string())
        text += (text.empty() ? "" : "\n\n") + std::string("Grade ") +
                example.value("score", json()).dump() + ":\n" +
                example["answer"].get<std::string>();
    return text;
  }

  Verdict verdict() const {
    const size_t missing =
        recall_.without_verdict + precision_.without_verdict + correctness_.without_verdict;
    const size_t statements = answer_.statements.size();
    Verdict verdict;
    verdict.parts = {{"statements", statements}, {"without_verdict", missing}, {"twin", twin()}};
    json figures = json::object();
    if (const auto right = correctness()) figures["correctness"] = *right;
    const bool no_recall = recall_.values.empty() && recall_.without_verdict > 0;
    const bool no_precision = precision_.values.empty() && precision_.without_verdict > 0;
    if (no_recall || no_precision) {
      verdict.rule = "unparsed: no verdict on any citation";
    } else {
      const double recall = decimal_mean(recall_.values).value_or(0);
      const double precision = decimal_mean(precision_.values).value_or(0);
      const double sum = recall + precision;
      verdict.value = sum > 0 ? 2 * recall * precision / sum : 0;
      verdict.rule = "F1 of citations in " + std::to_string(statements) + " statements";
      if (missing > 0)
        verdict.rule += ", " + std::to_string(missing) + " questions without verdict";
      figures["citation_recall"] = recall;
      figures["citation_precision"] = precision;
    }
    verdict.parts["figures"] = std::move(figures);
    return verdict;
  }

  Judge& judge_;
  const Sample& sample_;
  std::stop_token stop_;
  std::string question_;
  CitedAnswer answer_;
  Tally recall_, precision_, correctness_;
};

}  // namespace

Result<Verdict> judge_longcite(Judge& judge, const Sample& sample, std::stop_token stop) {
  if (sample.metadata.is_object() && sample.metadata.value("plain", json()) == true)
    return CitationJudging(judge, sample, stop).run_plain();
  LOOM_CHECK(must_have_marks(sample));
  return CitationJudging(judge, sample, stop).run();
}

}  // namespace loom
