// L-Eval (An et al. 2023, arXiv 2307.11088): 20 tasks, several questions on each document.
#include "core/benchmarks/leval.h"

#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/record_set.h"
#include "core/text/python_text.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr int kTurnTokens = 512;
constexpr size_t kCutWords = 250;  // the official cut takes so many words more each time

class LEval : public FileBenchmark {
 public:
  std::string id() const override { return "leval"; }

 protected:
  std::vector<std::string> file_names(const TaskRequest& request) const override {
    const std::string name = request.task + ".jsonl";
    return {name, "Exam/" + name, "Generation/" + name, "LEval-data/Closed-ended-tasks/" + name,
            "LEval-data/Open-ended-tasks/" + name};
  }
  // A line is a document with all its questions. Those marked for people or for a judge are left
  // out, as the official automatic scores do.
  Status add(const json& raw, size_t number, const TaskRequest& request, const Wording& wording,
             std::vector<Record>& records) const override {
    if (!leval_scored(field_text(raw, "evaluation"))) return {};
    const auto questions = field_texts(raw, "instructions"), answers = field_texts(raw, "outputs");
    if (questions.size() != answers.size())
      return Error{ErrorKind::corrupt, "has not as many answers as questions", "", ""};
    for (size_t i = 0; i < questions.size(); ++i) {
      Record record;
      record.id = record_id(request.task, number) + "-" + std::to_string(i + 1);
      const Slots slots = {{"context", raw.at("input").get<std::string>()},
                           {"instruction", questions[i]},
                           {"words", std::to_string(split_at_spaces(answers[i]).size())}};
      write_prompt(record, wording, slots);
      record.references = {answers[i]};
      record.metadata = {{"document", number}, {"question", i}, {"cut_words", kCutWords}};
      if (request.task == "sci_fi") {
        LOOM_TRY(record.follow_up, real_world_question(request, slots));
      }
      records.push_back(std::move(record));
    }
    return {};
  }

 private:
  // Asks the same of the real world, without the document.
  Result<std::optional<FollowUp>> real_world_question(TaskRequest request, Slots slots) const {
    constexpr std::string_view kOfTheDocument = "based on the world described in the document";
    request.task = "sci_fi_real_world";
    request.wording.reset();
    LOOM_TRY(const Wording words, task_wording(request, id()));
    std::string& question = slots["instruction"];
    if (const size_t at = question.find(kOfTheDocument); at != std::string::npos)
      question.replace(at, kOfTheDocument.size(), "based on what is known of the real world");
    FollowUp second;
    second.system = words.system;
    second.prompt = fill(words.prompt, slots);
    second.answer_prefix = words.answer_prefix;
    second.max_new_tokens = kTurnTokens;
    second.joined = "{answer} [fact: {second}]";
    return std::optional<FollowUp>(std::move(second));
  }
};

}  // namespace

bool leval_scored(const std::string& evaluation) {
  return evaluation != "LLM" && evaluation != "human";
}

std::unique_ptr<Benchmark> make_leval() {
  return std::make_unique<LEval>();
}

}  // namespace loom
