#include "core/benchmarks/best_answer_records.h"

#include "core/base/random.h"
#include "core/benchmarks/ada_leval.h"
#include "core/benchmarks/answer_source.h"
#include "core/benchmarks/fitted_records.h"
#include "core/benchmarks/record_set.h"
#include "core/benchmarks/wording.h"

namespace loom {
namespace {

constexpr const char* kTwoAnswers = "two answers";
constexpr size_t kTooLongInARow = 24;  // answers tried in the room that is left
constexpr size_t kMargin = 192;        // a question fits when a wrong answer of this size does too

// Puts answers between the head with the question and the tail.
class Frame {
 public:
  Frame(const TaskRequest& request, const Wording& wording)
      : request_(request), wording_(wording), meter_(*request.tokenizer, "Here.\n\n") {}

  // The prompt's tokens with one answer.
  size_t tokens(const std::string& question, const std::string& answer) const {
    const Record record = write(question, labelled_answer(1, answer));
    return request_.count_prompt(record.prompt, record.answer_prefix);
  }
  // What an answer adds under its number. Digits and colons part tokens, so the sum holds; whoever
  // uses it counts some prompts as a whole.
  size_t tokens(size_t number, const std::string& answer) const {
    return meter_.tokens(labelled_answer(1, answer)) - meter_.tokens("A1") +
           meter_.tokens("A" + std::to_string(number));
  }
  Record write(const std::string& question, const std::string& answers) const {
    Record record;
    write_prompt(record, wording_, {{"question", question}, {"candidates", answers}},
                 {"candidates"});
    return record;
  }

 private:
  const TaskRequest& request_;
  const Wording& wording_;
  const PieceMeter meter_;
};

class AnswerLists : public SampleMaker {
 public:
  AnswerLists(const TaskRequest& request, const Frame& frame, const AnswerSource& source,
              int answer_tokens)
      : request_(request), frame_(frame), source_(source), answer_tokens_(answer_tokens) {}

  Result<Draft> make(size_t index, size_t target) const override {
    const AskedQuestion question = source_.question(index);
    Draft draft;
    draft.tokens = frame_.tokens(question.text, question.right);
    std::vector<std::string> wrong;
    size_t house = 0;
    for (size_t too_long = 0; too_long < kTooLongInARow && draft.tokens < target;) {
      WrongAnswer answer = question.next_wrong();
      const size_t tokens = frame_.tokens(wrong.size() + 2, answer.text);
      if (draft.tokens + tokens > target) {
        ++too_long;
        continue;
      }
      draft.tokens += tokens;
      house += answer.house ? 1 : 0;
      wrong.push_back(std::move(answer.text));
    }
    if (wrong.empty()) return ada_leval_too_short(request_, kTwoAnswers);
    draft.record = record(index, question, std::move(wrong));
    draft.record.metadata["house_answers"] = house;
    return draft;
  }

 private:
  Record record(size_t index, const AskedQuestion& question,
                std::vector<std::string> answers) const {
    Random random(request_.seed, request_.task + "/" + std::to_string(request_.length_tokens) +
                                     "/" + std::to_string(index) + "/order");
    random.shuffle(answers);
    const size_t right = random.below(answers.size() + 1);
    answers.insert(answers.begin() + static_cast<std::ptrdiff_t>(right), question.right);
    std::string text;
    ByteSpan span;
    for (size_t i = 0; i < answers.size(); ++i) {
      const ByteSpan added = append(text, labelled_answer(i + 1, answers[i]));
      if (i == right) span = added;
    }
    Record made = frame_.write(question.text, text);
    made.id = record_id(request_.task, index + 1);
    made.references = {"A" + std::to_string(right + 1)};
    made.metadata = {{"candidates", answers.size()}, {"language", "en"}};
    if (!made.max_new_tokens) made.max_new_tokens = answer_tokens_;
    if (made.context_end >= text.size()) {
      const size_t offset = made.context_end - text.size();
      made.evidence = {{offset + span.begin, offset + span.end}};
      made.metadata["depth"] = depth_of(made.evidence[0], made.context_end);
    }
    return made;
  }

  const TaskRequest& request_;
  const Frame& frame_;
  const AnswerSource& source_;
  const int answer_tokens_;
};

}  // namespace

Result<TaskRecords> best_answer_records(const TaskRequest& request, const Wording& wording,
                                        std::stop_token stop) {
  LOOM_TRY(const AdaLEvalRoom room, ada_leval_room(request, wording, kTwoAnswers));
  const size_t count = request.samples > 0 ? request.samples : kAdaLEvalSamples;
  const Frame frame(request, wording);
  auto fits = [&](const std::string& question, const std::string& right) {
    return frame.tokens(question, right) + kMargin <= room.prompt;
  };
  LOOM_TRY(const auto source, answer_source(request, count, fits, stop));
  const AnswerLists maker(request, frame, *source, room.answer);
  LOOM_TRY(std::vector<Record> records, fitted_records(request, maker, count, room.prompt, stop));
  size_t filled = 0;
  for (Record& record : records) {
    filled += record.metadata["house_answers"].get<size_t>() > 0 ? 1 : 0;
    record.metadata.erase("house_answers");
  }
  const bool house = source->label() == "house data";
  TaskRecords result = finished(std::move(records),
                                source->label() + (filled > 0 && !house ? ", house answers" : ""));
  if (filled > 0 && !house)
    result.notes.push_back(
        "the official files hold too few answers for this length: " + std::to_string(filled) +
        " samples are filled up with answers made here");
  result.wording_label = wording.label;
  return result;
}

}  // namespace loom
