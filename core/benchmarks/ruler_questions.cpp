#include <algorithm>

#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/question_set.h"
#include "core/benchmarks/record_set.h"
#include "core/benchmarks/ruler_tasks.h"
#include "core/benchmarks/slot_text.h"

namespace loom {
namespace {

using nlohmann::json;

// Paragraphs tried for the last gap, to come near the length.
constexpr size_t kLastTries = 200;

class Questions : public SampleMaker {
 public:
  Questions(const TaskRequest& request, const RulerTask& task, const json& wording, QuestionSet set,
            std::stop_token stop)
      : request_(request), task_(task), wording_(wording), set_(std::move(set)) {
    const PieceMeter meter(*request.tokenizer);
    std::vector<std::string> texts, headings;
    for (const std::string& paragraph : set_.paragraphs) texts.push_back(document(1, paragraph));
    pieces_ = meter.pieces(std::move(texts), stop);
    for (size_t i = 1; i <= pieces_.size(); ++i) headings.push_back(document(i, "The"));
    headings_ = meter.pieces(std::move(headings), stop);
  }

  size_t questions() const { return set_.questions.size(); }

  Result<Draft> make(size_t index, size_t target) const override {
    const ParagraphQuestion& question = set_.questions.at(index % set_.questions.size());
    Random random = sample_random(request_, index);
    const std::string head = text("head"), prefix = text("prefix");
    const std::string tail = fill(text("question"), {{"question", question.question}});
    const Piece stand_in = {document(1, set_.paragraphs[0]), pieces_[0].tokens};
    Draft draft;
    draft.tokens = frame_tokens(request_, head, stand_in, tail, prefix);
    LOOM_TRY(std::vector<uint32_t> chosen, choose(question, target, random, draft.tokens));
    random.shuffle(chosen);
    Record& record = draft.record;
    record.id = record_id(task_.id, index + 1);
    record.answer_prefix = prefix;
    record.references = question.answers;
    record.prompt = head;
    for (size_t i = 0; i < chosen.size(); ++i) {
      const ByteSpan span = append(record.prompt, document(i + 1, set_.paragraphs[chosen[i]]));
      if (std::find(question.gold.begin(), question.gold.end(), chosen[i]) != question.gold.end())
        record.evidence.push_back({span.end - set_.paragraphs[chosen[i]].size(), span.end});
    }
    record.context_end = record.prompt.size();
    record.metadata = {{"depth", depth_of(record.evidence.front(), record.context_end)},
                       {"documents", chosen.size()}};
    record.prompt += tail;
    return draft;
  }

 private:
  std::string text(const char* part) const { return wording_.at(part).get<std::string>(); }
  std::string document(size_t number, const std::string& paragraph) const {
    return fill(text("document"), {{"number", std::to_string(number)}, {"text", paragraph}});
  }

  // Gold and related paragraphs first, then any; `tokens` grows by what is taken.
  Result<std::vector<uint32_t>> choose(const ParagraphQuestion& question, size_t target,
                                       Random& random, size_t& tokens) const {
    std::vector<uint32_t> order = question.gold, others(pieces_.size());
    for (size_t i = 0; i < others.size(); ++i) others[i] = static_cast<uint32_t>(i);
    random.shuffle(others);
    order.insert(order.end(), question.related.begin(), question.related.end());
    order.insert(order.end(), others.begin(), others.end());
    std::vector<char> taken(pieces_.size(), 0);
    std::vector<uint32_t> chosen;
    size_t refused = 0;
    for (uint32_t paragraph : order) {
      if (taken[paragraph]) continue;
      const size_t heading = headings_[chosen.size()].tokens - headings_[0].tokens;
      if (tokens + pieces_[paragraph].tokens + heading > target) {
        if (chosen.size() < question.gold.size()) return too_short(request_);
        if (++refused > kLastTries) break;
        continue;
      }
      tokens += pieces_[paragraph].tokens + heading;
      taken[paragraph] = 1;
      chosen.push_back(paragraph);
    }
    return chosen;
  }

  const TaskRequest& request_;
  const RulerTask& task_;
  const json wording_;
  const QuestionSet set_;
  std::vector<Piece> pieces_, headings_;
};

}  // namespace

Result<RulerMaker> make_ruler_questions(const TaskRequest& request, const RulerTask& task,
                                        const json& wording, std::stop_token stop) {
  const bool two_hops = request.task == "qa_2";
  // The names under which the files are passed around.
  const auto file = find_benchmark_file(
      request, "ruler",
      two_hops ? std::vector<std::string>{"hotpotqa.json", "hotpot_dev_distractor_v1.json"}
               : std::vector<std::string>{"squad.json", "dev-v2.0.json"});
  QuestionSet set;
  if (!file) {
    LOOM_TRY(set, house_questions(request, two_hops ? 2 : 1));
  } else if (two_hops) {
    LOOM_TRY(set, hotpot_questions(*file));
  } else {
    LOOM_TRY(set, squad_questions(*file));
  }
  std::string label = set.data_label;
  return RulerMaker{std::make_unique<Questions>(request, task, wording, std::move(set), stop),
                    label};
}

}  // namespace loom
