// Ada-LEval (Wang et al. 2024, arXiv 2404.06480): the best of many answers, and four texts in
// order.
#include "core/benchmarks/ada_leval.h"

#include "core/benchmarks/best_answer_records.h"
#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/record_set.h"
#include "core/benchmarks/text_order_records.h"

namespace loom {
namespace {

using nlohmann::json;

class AdaLEval : public FileBenchmark {
 public:
  std::string id() const override { return "ada_leval"; }

  // The published file of the length where it is here, else samples made for the model's tokens.
  Result<TaskRecords> records(const TaskRequest& request, std::stop_token stop) const override {
    LOOM_TRY(const bool published, reads_published(request));
    if (published) return FileBenchmark::records(request, stop);
    if (!request.tokenizer || !request.count_prompt)
      return Error{ErrorKind::invalid_input, "lengths need the model's tokenizer",
                   "ada_leval/" + request.task, ""};
    LOOM_TRY(const Wording words, wording(request));
    return request.task == "stackselect" ? best_answer_records(request, words, stop)
                                         : text_order_records(request, words, stop);
  }

 protected:
  std::vector<std::string> file_names(const TaskRequest& request) const override {
    const std::string name = request.task + "_" + length_name(request.length_tokens);
    return {name + ".json", name + ".jsonl"};
  }
  Status add(const json& raw, size_t number, const TaskRequest& request, const Wording& wording,
             std::vector<Record>& records) const override {
    Record record;
    record.id = record_id(request.task, number);
    if (request.task == "stackselect") {
      const auto answers = field_texts(raw, "all_answers");
      std::string candidates;
      for (size_t i = 0; i < answers.size(); ++i) candidates += labelled_answer(i + 1, answers[i]);
      write_prompt(
          record, wording,
          {{"question", raw.at("question").get<std::string>()}, {"candidates", candidates}},
          {"candidates"});
      record.references = {raw.at("answer").get<std::string>()};
      record.metadata = {{"candidates", answers.size()}};
    } else {
      write_prompt(record, wording, {{"prompt", raw.at("prompt").get<std::string>()}}, {"prompt"});
      // A list, or a list written as text.
      const json& given = raw.at("answer");
      const json order = given.is_string() ? json::parse(given.get<std::string>()) : given;
      for (const json& place : order) record.references.push_back(std::to_string(place.get<int>()));
    }
    records.push_back(std::move(record));
    return {};
  }
};

}  // namespace

std::string labelled_answer(size_t number, const std::string& answer) {
  return "A" + std::to_string(number) + ":\n\n" + answer + "\n\n";
}

Error ada_leval_too_short(const TaskRequest& request, const std::string& parts) {
  return {ErrorKind::invalid_input,
          std::to_string(request.length_tokens) + " tokens leave no room for " + parts,
          "ada_leval/" + request.task, "Choose a longer length"};
}

Result<AdaLEvalRoom> ada_leval_room(const TaskRequest& request, const Wording& wording,
                                    const std::string& parts) {
  const int answer = wording.max_new_tokens.value_or(static_cast<int>(kAdaLEvalAnswerTokens));
  const auto tokens = static_cast<size_t>(answer);
  if (request.length_tokens <= tokens) return ada_leval_too_short(request, parts);
  return AdaLEvalRoom{answer, request.length_tokens - tokens};
}

std::unique_ptr<Benchmark> make_ada_leval() {
  return std::make_unique<AdaLEval>();
}

}  // namespace loom
