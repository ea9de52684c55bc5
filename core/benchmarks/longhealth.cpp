// LongHealth (Adams et al. 2024, arXiv 2401.14490): questions on the letters of twenty made-up
// patients; with the letters that answer, with others' letters among them, with others' alone.
#include "core/benchmarks/longhealth.h"

#include <algorithm>

#include "core/base/random.h"
#include "core/base/text_file.h"
#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/record_set.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr size_t kRepeats = 5;  // of each question, its letters in another order
constexpr size_t kForeignLetters = 10;
constexpr size_t kPromptTokens = 16000;
constexpr const char* kBetween = "\n\n--------------\n\n";
constexpr const char* kUnanswerable = "Question cannot be answered with provided documents";

struct Question {
  std::string patient;
  size_t number = 0;
  const json* raw = nullptr;
};

std::vector<Question> questions_of(const json& patients) {
  std::vector<Question> questions;
  for (const auto& [patient, record] : patients.items()) {
    size_t number = 0;
    for (const json& question : record.at("questions"))
      questions.push_back({patient, number++, &question});
  }
  return questions;
}

// The option whose text holds the right answer; the first one, as in the original.
std::string right_letter(const json& question, const std::vector<std::string>& options) {
  const std::string right = question.at("correct").get<std::string>();
  for (size_t i = 0; i < options.size(); ++i)
    if (options[i].find(right) != std::string::npos)
      return std::string(1, static_cast<char>('A' + i));
  return "";
}

std::string option_text(const std::vector<std::string>& options, const std::string& letter) {
  const size_t place = letter.empty() ? options.size() : static_cast<size_t>(letter[0] - 'A');
  return place < options.size() ? options[place] : "";
}

class Letters {
 public:
  Letters(const json& patients, const Question& question, Random& random) : random_(random) {
    const json& own = patients.at(question.patient).at("texts");
    const json places = question.raw->value("answer_location", json::object());
    for (const auto& [name, text] : own.items())
      (places.contains(name) ? answering_ : beside_).push_back(text.get<std::string>());
    for (const auto& [patient, record] : patients.items())
      if (patient != question.patient)
        for (const json& text : record.at("texts")) foreign_.push_back(text.get<std::string>());
    random_.shuffle(foreign_);
    foreign_.resize(std::min(foreign_.size(), kForeignLetters));
  }
  // As many as fit, the last one cut, in a new order.
  std::string chosen(const std::string& task, size_t tokens, const Tokenizer& tokenizer) {
    std::vector<std::string> order = task == "task3" ? std::vector<std::string>() : answering_;
    const auto& others = task == "task1" ? beside_ : foreign_;
    order.insert(order.end(), others.begin(), others.end());
    const size_t between = tokenizer.encode(kBetween).size();
    std::vector<std::string> fitting;
    for (const std::string& letter : order) {
      const auto ids = tokenizer.encode(letter);
      if (tokens <= between) break;
      if (ids.size() + between > tokens) {
        fitting.push_back(tokenizer.decode(std::span(ids).first(tokens - between), true));
        break;
      }
      tokens -= ids.size() + between;
      fitting.push_back(letter);
    }
    random_.shuffle(fitting);
    std::string text;
    for (const std::string& letter : fitting) text += (text.empty() ? "" : kBetween) + letter;
    return text;
  }

 private:
  Random& random_;
  std::vector<std::string> answering_, beside_, foreign_;
};

class LongHealth : public Benchmark {
 public:
  std::string id() const override { return "longhealth"; }
  Result<TaskRecords> records(const TaskRequest& request, std::stop_token stop) const override {
    if (!request.tokenizer)
      return Error{ErrorKind::invalid_input, "lengths need the model's tokenizer", id(), ""};
    LOOM_TRY(const auto file,
             find_benchmark_file(request, id(), {"benchmark_v5.json", "data/benchmark_v5.json"}));
    LOOM_TRY(const Wording words, task_wording(request, id()));
    LOOM_TRY(const json patients, read_json(file));
    std::vector<Record> made;
    try {
      for (const Question& question : questions_of(patients))
        for (size_t repeat = 0; repeat < kRepeats; ++repeat) {
          if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", id(), ""};
          if (request.samples > 0 && made.size() == request.samples) break;
          made.push_back(make(request, words, patients, question, repeat));
        }
    } catch (const json::exception& problem) {
      return Error{ErrorKind::corrupt, problem.what(), file.string(), "Fetch the file again"};
    }
    if (made.empty()) return Error{ErrorKind::corrupt, "holds no question", file.string(), ""};
    TaskRecords result = finished(std::move(made), file.filename().string());
    result.wording_label = words.label;
    return result;
  }

 private:
  static Record make(const TaskRequest& request, const Wording& words, const json& patients,
                     const Question& question, size_t repeat) {
    Record record;
    record.id =
        question.patient + "-" + std::to_string(question.number) + "-" + std::to_string(repeat + 1);
    Random random(request.seed, request.task + "/" + record.id);
    std::vector<std::string> options;
    for (const char* option : {"answer_a", "answer_b", "answer_c", "answer_d", "answer_e"})
      options.push_back(field_text(*question.raw, option));
    const std::string right = right_letter(*question.raw, options);
    if (request.task != "task1") options.emplace_back(kUnanswerable);
    std::string listed;
    for (size_t i = 0; i < options.size(); ++i)
      listed +=
          (i > 0 ? "\n" : "") + std::string(1, static_cast<char>('A' + i)) + ": " + options[i];
    Slots slots = {{"question", field_text(*question.raw, "question")}, {"options", listed}};
    const size_t limit = request.parameters.value("prompt_tokens", kPromptTokens);
    const size_t fixed = request.tokenizer->encode(words.system + fill(words.prompt, slots)).size();
    slots["letters"] =
        Letters(patients, question, random)
            .chosen(request.task, limit > fixed ? limit - fixed : 0, *request.tokenizer);
    write_prompt(record, words, slots, {"letters"});
    record.references = {request.task == "task3" ? "F" : right};
    record.metadata = {{"patient", question.patient},
                       {"option_text", option_text(options, record.references[0])}};
    return record;
  }
};

}  // namespace

std::unique_ptr<Benchmark> make_longhealth() {
  return std::make_unique<LongHealth>();
}

}  // namespace loom
