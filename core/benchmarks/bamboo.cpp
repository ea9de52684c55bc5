// BAMBOO (Dong et al. 2023, arXiv 2309.13345): ten tasks in two lengths.
#include "core/benchmarks/bamboo.h"

#include "core/base/text_file.h"
#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/private_libraries.h"
#include "core/benchmarks/record_set.h"

namespace loom {
namespace {

using nlohmann::json;

// "[0] ```text```", a paragraph a line.
std::string numbered(const std::vector<std::string>& paragraphs, size_t first) {
  std::string text;
  for (size_t i = 0; i < paragraphs.size(); ++i)
    text +=
        (i > 0 ? "\n" : "") + ("[" + std::to_string(i + first) + "] ```") + paragraphs[i] + "```";
  return text;
}

class Bamboo : public FileBenchmark {
 public:
  std::string id() const override { return "bamboo"; }
  Result<TaskRecords> records(const TaskRequest& request, std::stop_token stop) const override {
    LOOM_TRY(TaskRecords task, FileBenchmark::records(request, stop));
    if (request.task != "private_eval") return task;
    LOOM_CHECK(add_programs(request, task.records, stop));
    TaskRecords made = finished(std::move(task.records), task.data_label);
    made.wording_label = task.wording_label;
    made.bad_records = task.bad_records;
    made.notes = std::move(task.notes);
    return made;
  }

 protected:
  std::vector<std::string> file_names(const TaskRequest& request) const override {
    const std::string name = request.task + "_" + length_name(request.length_tokens) + ".jsonl";
    return {"datasets/" + name, name};
  }
  Result<Wording> wording(const TaskRequest& request) const override {
    if (request.wording) return *request.wording;
    auto file = find_benchmark_file(request, id(), {"prompt.json"});
    if (!file) return task_wording(request, id());
    LOOM_TRY(const json prompts, read_json(*file));
    try {
      const json& task = prompts.at(request.task);
      return Wording{task.value("system", ""),
                     task.at("final_answer").get<std::string>(),
                     "",
                     {},
                     "official prompt.json"};
    } catch (const json::exception& problem) {
      return Error{ErrorKind::corrupt, problem.what(), file->string(), "Fetch the file again"};
    }
  }
  Status add(const json& raw, size_t number, const TaskRequest& request, const Wording& wording,
             std::vector<Record>& records) const override {
    Record record;
    record.id = record_id(request.task, number);
    const bool code = request.task == "private_eval", scenes = request.task == "showssort";
    Slots slots = {{"question", field_text(raw, "question")},
                   {"hypothesis", field_text(raw, "hypothesis")}};
    slots["content"] = scenes ? numbered(field_texts(raw, "content"), 0)
                              : raw.at(code ? "prompt" : "content").get<std::string>();
    if (raw.contains("summaries")) slots["events"] = numbered(field_texts(raw, "summaries"), 1);
    if (raw.contains("options"))
      for (const std::string& option : field_texts(raw, "options"))
        slots["options"] += (slots["options"].empty() ? "" : "\t") + option;
    write_prompt(record, wording, slots, {"content"});
    if (code) {
      record.references = field_texts(raw, "canonical_solution");
      record.metadata["task_id"] = raw.at("task_id").get<std::string>();
      record.metadata["official_id"] = record.metadata["task_id"];
    } else {
      record.references = field_texts(raw, "answer");
    }
    records.push_back(std::move(record));
    return {};
  }

 private:
  Status add_programs(const TaskRequest& request, std::vector<Record>& records,
                      std::stop_token stop) const {
    LOOM_TRY(const auto shown, find_benchmark_file(request, id(), file_names(request)));
    const std::string name = "real_all_eval_v3.jsonl";
    auto original = find_benchmark_file(
        request, id(), {"datasets/" + name + ".gz", "datasets/" + name, name + ".gz", name});
    if (original) return add_original_programs(shown, *original, records, stop);
    for (Record& record : records) record.metadata["not_scored"] = describe(original.error());
    return {};
  }
};

}  // namespace

std::unique_ptr<Benchmark> make_bamboo() {
  return std::make_unique<Bamboo>();
}

}  // namespace loom
