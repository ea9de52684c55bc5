// LV-Eval (Yuan et al. 2024, arXiv 2402.05136): eleven tasks, each with the same questions at five
// lengths.
#include "core/benchmarks/lveval.h"

#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/record_set.h"

namespace loom {
namespace {

using nlohmann::json;

class LvEval : public FileBenchmark {
 public:
  std::string id() const override { return "lveval"; }

 protected:
  std::vector<std::string> file_names(const TaskRequest& request) const override {
    const std::string name = request.task + "_" + length_name(request.length_tokens) + ".jsonl";
    return {name, request.task + "/" + name};
  }
  Status add(const json& raw, size_t number, const TaskRequest& request, const Wording& wording,
             std::vector<Record>& records) const override {
    Record record;
    record.id = record_id(request.task, number);
    write_prompt(record, wording,
                 {{"context", raw.at("context").get<std::string>()},
                  {"input", raw.at("input").get<std::string>()}});
    // The official scorer stops after the first answer.
    record.references = {field_texts(raw, "answers").at(0)};
    record.metadata = {{"length", raw.value("length", json())},
                       {"keywords", field_text(raw, "answer_keywords")},
                       {"answers", field_texts(raw, "answers")}};
    if (raw.contains("gold_ans")) record.metadata["gold_ans"] = field_text(raw, "gold_ans");
    records.push_back(std::move(record));
    return {};
  }
};

}  // namespace

std::unique_ptr<Benchmark> make_lveval() {
  return std::make_unique<LvEval>();
}

}  // namespace loom
