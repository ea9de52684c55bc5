// InfiniteBench (Zhang et al. 2024, arXiv 2402.13718): twelve tasks around 100k tokens and beyond.
#include "core/benchmarks/infinitebench.h"

#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/record_set.h"
#include "core/text/python_text.h"

namespace loom {
namespace {

using nlohmann::json;

// What a number-finding question asks for, "The largest number of" → "What is the largest number
// …": the official prompts put that before the list. The subject stands in one line.
std::string asked_before_the_list(const std::string& input) {
  constexpr std::string_view kBegin = "The ", kEnd = " of";
  for (size_t at = input.find(kBegin); at != std::string::npos; at = input.find(kBegin, at + 1)) {
    const std::string line = input.substr(at, input.find('\n', at) - at);
    const size_t end = line.rfind(kEnd);
    if (end == std::string::npos || end <= kBegin.size()) continue;
    return "What is " + python_lower(line.substr(0, end)) + " in the following list?";
  }
  return "";
}

size_t end_of_digits(const std::string& text, size_t at) {
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
  return at;
}

// "func_12(-3)" of a question on running code; "" where there is none.
std::string function_call(const std::string& input) {
  constexpr std::string_view kName = "func_";
  for (size_t at = input.find(kName); at != std::string::npos; at = input.find(kName, at + 1)) {
    const size_t name = end_of_digits(input, at + kName.size());
    if (name == at + kName.size() || name >= input.size() || input[name] != '(') continue;
    const size_t number = name + 1 + (name + 1 < input.size() && input[name + 1] == '-');
    const size_t close = end_of_digits(input, number);
    if (close > number && close < input.size() && input[close] == ')')
      return input.substr(at, close + 1 - at);
  }
  return "";
}

bool has_options(const std::string& task) {
  return task == "code_debug" || task == "longbook_choice_eng";
}

// The right option's text and letter. Some files hold both already.
std::vector<std::string> option_and_letter(const json& raw,
                                           const std::vector<std::string>& options) {
  std::vector<std::string> answer = field_texts(raw, "answer");
  if (answer.size() > 1) return answer;
  for (size_t i = 0; i < options.size(); ++i)
    if (!answer.empty() && options[i] == answer[0])
      return {answer[0], std::string(1, static_cast<char>('A' + i))};
  return {};
}

std::vector<std::string> references(const json& raw, const std::string& task,
                                    const std::vector<std::string>& options) {
  return has_options(task) ? option_and_letter(raw, options)
                           : infinitebench_answers(raw.at("answer"), task);
}

class InfiniteBench : public FileBenchmark {
 public:
  std::string id() const override { return "infinitebench"; }

 protected:
  std::vector<std::string> file_names(const TaskRequest& request) const override {
    return {request.task + ".jsonl"};
  }
  Status add(const json& raw, size_t number, const TaskRequest& request, const Wording& wording,
             std::vector<Record>& records) const override {
    Record record;
    record.id = record_id(request.task, number);
    const std::string input = field_text(raw, "input"), call = function_call(input);
    Slots slots = {{"context", raw.at("context").get<std::string>()},
                   {"input", input},
                   {"question", input},
                   {"prefix", asked_before_the_list(input)},
                   {"func_call", call},
                   {"func", call.substr(0, call.find('('))}};
    std::vector<std::string> options;
    if (has_options(request.task)) options = raw.at("options").get<std::vector<std::string>>();
    for (size_t i = 0; i < options.size(); ++i)
      slots[std::string("OPTION_") + static_cast<char>('A' + i)] = options[i];
    write_prompt(record, wording, slots);
    record.references = references(raw, request.task, options);
    if (record.references.empty())
      return Error{ErrorKind::corrupt, "the answer is none of the options", "", ""};
    record.metadata = {{"official_id", field_text(raw, "id")}};
    if (const auto answers = field_texts(raw, "answer"); answers.size() > record.references.size())
      record.metadata["answers"] = answers;
    records.push_back(std::move(record));
    return {};
  }
};

}  // namespace

std::vector<std::string> infinitebench_answers(const json& answer, const std::string& task) {
  // One level of nesting around the list of intermediate values is of no meaning.
  const bool nested =
      task == "math_calc" && answer.is_array() && answer.size() == 1 && answer[0].is_array();
  std::vector<std::string> texts = field_texts({{"answer", nested ? answer[0] : answer}}, "answer");
  // The official scorers of these look at the first answer alone.
  const bool first = task == "passkey" || task == "number_string" || task == "kv_retrieval" ||
                     task == "longdialogue_qa_eng";
  if (first && texts.size() > 1) texts.resize(1);
  return texts;
}

std::unique_ptr<Benchmark> make_infinitebench() {
  return std::make_unique<InfiniteBench>();
}

}  // namespace loom
