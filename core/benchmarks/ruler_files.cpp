#include "core/benchmarks/ruler_files.h"

#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/record_set.h"

namespace loom {
namespace {

using nlohmann::json;

class WrittenSamples : public FileBenchmark {
 public:
  std::string id() const override { return "ruler"; }

 protected:
  std::vector<std::string> file_names(const TaskRequest& request) const override {
    return {request.task + "_" + std::to_string(request.length_tokens) + ".jsonl",
            request.task + ".jsonl"};
  }
  // The prompt is finished in the file.
  Result<Wording> wording(const TaskRequest&) const override {
    return Wording{"", "", "", {}, "official"};
  }
  Status add(const json& raw, size_t number, const TaskRequest& request, const Wording&,
             std::vector<Record>& records) const override {
    Record record;
    record.id = record_id(request.task, number);
    record.prompt = raw.at("input").get<std::string>();
    record.answer_prefix = field_text(raw, "answer_prefix");
    // Older files have the prefix at the input's end as well.
    if (!record.answer_prefix.empty() && record.prompt.ends_with(record.answer_prefix))
      record.prompt.resize(record.prompt.size() - record.answer_prefix.size());
    const size_t question = record.prompt.rfind('\n');
    record.context_end = question == std::string::npos ? 0 : question;
    record.references = field_texts(raw, "outputs");
    if (record.references.empty())
      return Error{ErrorKind::corrupt, "has no outputs", "", "Take the file out of the folder"};
    record.metadata = {{"length", raw.value("length", json())}};
    records.push_back(std::move(record));
    return {};
  }
};

}  // namespace

Result<TaskRecords> ruler_file_records(const TaskRequest& request, std::stop_token stop) {
  return WrittenSamples().records(request, stop);
}

}  // namespace loom
