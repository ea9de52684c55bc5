// Ada-LEval (Wang et al. 2024, arXiv 2404.06480): the best of many answers, and four texts in
// order.
#include "core/benchmarks/ada_leval.h"

#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/record_set.h"

namespace loom {
namespace {

using nlohmann::json;

class AdaLEval : public FileBenchmark {
 public:
  std::string id() const override { return "ada_leval"; }

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
      for (size_t i = 0; i < answers.size(); ++i)
        candidates += "A" + std::to_string(i + 1) + ":\n\n" + answers[i] + "\n\n";
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

std::unique_ptr<Benchmark> make_ada_leval() {
  return std::make_unique<AdaLEval>();
}

}  // namespace loom
