// LIBRA (Churin et al. 2024, arXiv 2408.02439): 21 tasks in Russian.
#include "core/benchmarks/libra.h"

#include "core/base/text_file.h"
#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/record_set.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr const char* kOfficialPrompts = "datasets_config.json";

std::vector<std::string> texts_or_none(const json& raw, const char* field) {
  return raw.contains(field) && !raw.at(field).is_null() ? field_texts(raw, field)
                                                         : std::vector<std::string>();
}

class Libra : public FileBenchmark {
 public:
  std::string id() const override { return "libra"; }

 protected:
  std::vector<std::string> file_names(const TaskRequest& request) const override {
    return {request.task + ".jsonl", request.task + ".json"};
  }
  Result<Wording> wording(const TaskRequest& request) const override {
    if (request.wording) return *request.wording;
    auto file = find_benchmark_file(request, id(), {kOfficialPrompts});
    if (!file) return task_wording(request, id());
    LOOM_TRY(const json prompts, read_json(*file));
    try {
      return Wording{"",
                     prompts.at(request.task).at("instruction").get<std::string>(),
                     "",
                     {},
                     std::string("official ") + kOfficialPrompts};
    } catch (const json::exception& problem) {
      return Error{ErrorKind::corrupt, problem.what(), file->string(), "Fetch the file again"};
    }
  }
  // A task's file holds all lengths.
  Status add(const json& raw, size_t number, const TaskRequest& request, const Wording& wording,
             std::vector<Record>& records) const override {
    if (request.length_tokens > 0 &&
        field_text(raw, "length") != length_name(request.length_tokens))
      return {};
    Record record;
    record.id = record_id(request.task, number);
    write_prompt(
        record, wording,
        {{"context", raw.at("context").get<std::string>()}, {"input", field_text(raw, "input")}});
    record.references = field_texts(raw, "positive_outputs");
    record.metadata = {{"negative_outputs", texts_or_none(raw, "negative_outputs")}};
    records.push_back(std::move(record));
    return {};
  }
};

}  // namespace

std::unique_ptr<Benchmark> make_libra() {
  return std::make_unique<Libra>();
}

}  // namespace loom
