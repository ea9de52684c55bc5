// L-CiteEval's citations where no rule scores them: the official scorer asks a model of entailment
// whether the cited passages support a sentence, here the judge is asked. "full" support counts as
// entailed. The tasks' own scores, correctness, stay.
#include <algorithm>
#include <array>

#include "core/judge/judge_run.h"
#include "core/judge/sent_document.h"
#include "core/judge/task_questions.h"
#include "core/judge/task_rubric.h"
#include "core/metrics/citation_marks.h"
#include "core/text/python_text.h"
#include "core/text/sentences.h"

namespace loom {
namespace {

constexpr size_t kMostCitations = 3;

std::vector<std::string> passages_of(const Sample& sample) {
  const std::string document = sent_document(sample);
  const bool cut = sample.prompt.truncation.cut;
  auto passages = numbered_parts(document, kPassageMarks, cut);
  return passages.empty() ? numbered_parts(document, kTalkMarks, cut) : passages;
}

class PassageJudging {
 public:
  PassageJudging(Judge& judge, const Sample& sample, std::stop_token stop)
      : judge_(judge),
        sample_(sample),
        stop_(stop),
        question_(judge_case(sample, "").question),
        passages_(passages_of(sample)) {}

  Result<Verdict> run() {
    for (const std::string_view sentence : split_sentences(sample_.result.text))
      LOOM_CHECK(add_sentence(std::string(sentence)));
    return verdict();
  }

 private:
  using Entailed = std::optional<bool>;  // none: no verdict

  Result<Entailed> entails(const std::vector<size_t>& cited, const std::string& statement) {
    std::string text;
    for (const size_t index : cited) text += (text.empty() ? "" : "\n") + passages_[index];
    LOOM_TRY(const Verdict verdict,
             judge_.ask(task_question("citation_support"),
                        std::array{CasePart{"question", question_},
                                   CasePart{"statement", statement}, CasePart{"cited", text}},
                        stop_));
    if (!verdict.value) return Entailed();
    return Entailed(*verdict.value == 1);
  }

  // None: a number that no passage has, be it behind those that count. [0] is the last one, as in
  // the original.
  std::optional<std::vector<size_t>> cited_in(const std::string& sentence) const {
    auto numbers = cited_numbers(sentence);
    const auto count = static_cast<int64_t>(passages_.size());
    if (std::any_of(numbers.begin(), numbers.end(),
                    [&](int64_t number) { return number > count || count == 0; }))
      return std::nullopt;
    numbers.resize(std::min(numbers.size(), kMostCitations));
    std::vector<size_t> cited;
    for (const int64_t number : numbers)
      cited.push_back(static_cast<size_t>(number == 0 ? count - 1 : number - 1));
    return cited;
  }

  Status add_sentence(const std::string& sentence) {
    const auto cited = cited_in(sentence);
    if (!cited || cited->empty()) {
      ++sentences_;
      return {};
    }
    const std::string plain = without_citations(sentence);
    const std::string statement(strip_spaces(plain));
    LOOM_TRY(const Entailed entailed, entails(*cited, statement));
    if (!entailed) {
      ++without_verdict_;
      return {};
    }
    ++sentences_;
    supported_ += *entailed;
    used_ += cited->size();
    if (!*entailed || cited->size() == 1) {
      useful_ += *entailed;
      return {};
    }
    return add_citations(*cited, statement);
  }

  // A citation is of use unless it supports nothing alone and the others do without it.
  Status add_citations(const std::vector<size_t>& cited, const std::string& statement) {
    for (size_t i = 0; i < cited.size(); ++i) {
      LOOM_TRY(const Entailed alone, entails({cited[i]}, statement));
      std::vector<size_t> others = cited;
      others.erase(others.begin() + static_cast<ptrdiff_t>(i));
      Entailed without;
      if (alone == Entailed(false)) {
        LOOM_TRY(without, entails(others, statement));
      }
      const bool known = alone && (*alone || without);
      if (!known) {
        ++without_verdict_;
        --used_;
      } else {
        useful_ += *alone || !*without;
      }
    }
    return {};
  }

  Verdict verdict() const {
    Verdict verdict;
    verdict.parts = {{"sentences", sentences_}, {"without_verdict", without_verdict_}};
    if (sentences_ == 0) {
      verdict.rule = without_verdict_ > 0 ? "unparsed: no verdict on any sentence"
                                          : "the answer has no sentences";
      return verdict;
    }
    const auto ratio = [](size_t part, size_t whole) {
      return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
    };
    const double recall = ratio(supported_, sentences_), precision = ratio(useful_, used_);
    verdict.value = recall + precision > 0 ? 2 * recall * precision / (recall + precision) : 0;
    verdict.rule = "F1 of citations in " + std::to_string(sentences_) + " sentences";
    verdict.parts["figures"] = {{"citation_recall", recall}, {"citation_precision", precision}};
    return verdict;
  }

  Judge& judge_;
  const Sample& sample_;
  std::stop_token stop_;
  std::string question_;
  std::vector<std::string> passages_;
  size_t sentences_ = 0, supported_ = 0, used_ = 0, useful_ = 0, without_verdict_ = 0;
};

}  // namespace

Result<Verdict> judge_l_citeeval(Judge& judge, const Sample& sample, std::stop_token stop) {
  LOOM_CHECK(must_have_marks(sample));
  return PassageJudging(judge, sample, stop).run();
}

}  // namespace loom
