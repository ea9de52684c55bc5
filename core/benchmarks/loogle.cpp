// LooGLE (Li et al. 2023, arXiv 2311.04939): short and long dependencies in documents of after
// 2022.
#include "core/benchmarks/loogle.h"

#include "core/base/text_file.h"
#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/record_set.h"
#include "core/text/python_literal.h"
#include "core/text/python_text.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr std::string_view kLong = "longdep_qa_";  // one file, four types of questions

std::string data_set(const std::string& task) {
  return task.starts_with(kLong) ? "longdep_qa" : task;
}

bool there(const json& raw, const char* field) {
  const auto found = raw.find(field);
  return found != raw.end() && !found->is_null();
}

// The first of the fields that is there; an exception names the first of them where none is.
const json& first_field(const json& raw, std::initializer_list<const char*> fields) {
  for (const char* field : fields)
    if (there(raw, field)) return raw.at(field);
  return raw.at(*fields.begin());
}

// "Comprehension and reasoning" and "comprehension_and_reasoning" are one kind of question.
std::string pair_kind(const json& pair) {
  std::string kind = field_text(pair, there(pair, "type") ? "type" : "task");
  for (char& c : kind) {
    if (c == ' ' || c == '-') c = '_';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return kind;
}

// The questions: a list, or a list that stands in a text as Python would write it. Newer files hold
// one question a row, beside its document.
Result<json> question_list(const json& raw) {
  if (!there(raw, "qa_pairs")) return json::array({raw});
  const json& pairs = raw.at("qa_pairs");
  if (!pairs.is_string()) return listed_rows(pairs);
  return parse_python_literal(pairs.get_ref<const std::string&>());
}

// An answer that is a dictionary may stand there as a text, too.
Result<json> answer_of(const json& pair) {
  const json& answer = first_field(pair, {"A", "answer", "output"});
  if (!answer.is_string()) return answer;
  const auto& text = answer.get_ref<const std::string&>();
  if (!text.starts_with("{'<mask") && !text.starts_with("{\"<mask")) return answer;
  return parse_python_literal(text);
}

// Documents are called otherwise in files of one question a row.
std::string document_of(const json& raw) {
  return first_field(raw, {"input", "context", "document"}).get<std::string>();
}

class Loogle : public FileBenchmark {
 public:
  std::string id() const override { return "loogle"; }

 protected:
  std::vector<std::string> file_names(const TaskRequest& request) const override {
    const std::string set = data_set(request.task), name = set + ".jsonl";
    return {name,          "data/" + name,   "LooGLE-testdata/" + name,
            set + ".json", set + ".parquet", set + "/test-00000-of-00001.parquet"};
  }
  Result<Wording> wording(const TaskRequest& request) const override {
    if (request.wording) return *request.wording;
    auto file = find_benchmark_file(request, id(), {"task2prompt.json", "config/task2prompt.json"});
    if (!file) return task_wording(request, id());
    LOOM_TRY(const json prompts, read_json(*file));
    try {
      return Wording{"",
                     single_braces(prompts.at(data_set(request.task)).get<std::string>()),
                     "",
                     {},
                     "official task2prompt.json"};
    } catch (const json::exception& problem) {
      return Error{ErrorKind::corrupt, problem.what(), file->string(), "Fetch the file again"};
    }
  }
  Status add(const json& raw, size_t number, const TaskRequest& request, const Wording& wording,
             std::vector<Record>& records) const override {
    const std::string document = document_of(raw);
    if (request.task == "longdep_summarization") {
      records.push_back(record(request, number, 0, wording, document, ""));
      records.back().references = {
          first_field(raw, {"output", "answer", "summary"}).get<std::string>()};
      return {};
    }
    LOOM_TRY(const json questions, question_list(raw));
    size_t question = 0;
    for (const json& pair : questions) {
      const size_t place = question++;
      if (request.task.starts_with(kLong) && pair_kind(pair) != request.task.substr(kLong.size()))
        continue;
      // Cloze questions stand under another name in some files.
      Record made = record(request, number, place, wording, document,
                           first_field(pair, {"Q", "question"}).get<std::string>());
      LOOM_TRY(const json answer, answer_of(pair));
      add_answer(answer, made);
      records.push_back(std::move(made));
    }
    return {};
  }

 private:
  static Record record(const TaskRequest& request, size_t number, size_t question,
                       const Wording& wording, const std::string& document,
                       const std::string& asked) {
    Record made;
    made.id = record_id(request.task, number) + "-" + std::to_string(question + 1);
    write_prompt(made, wording, {{"input", document}, {"Q", asked}}, {"input"});
    made.metadata = {{"document", number}};
    return made;
  }
  // The names behind a cloze's masks are kept by mask.
  static void add_answer(const json& answer, Record& record) {
    record.references = {answer.is_string() ? answer.get<std::string>() : answer.dump()};
    if (answer.is_object()) record.metadata["masks"] = answer;
  }
};

}  // namespace

std::unique_ptr<Benchmark> make_loogle() {
  return std::make_unique<Loogle>();
}

}  // namespace loom
