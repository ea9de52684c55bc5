// BABILong (Kuratov et al. 2024, arXiv 2406.10149): bAbI's facts hidden in books.
#include "core/benchmarks/babilong.h"

#include "core/benchmarks/babilong_records.h"
#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/record_set.h"
#include "core/benchmarks/text_source.h"

namespace loom {
namespace {

using nlohmann::json;

class BabiLong : public FileBenchmark {
 public:
  std::string id() const override { return "babilong"; }

  // The published file of the length where it is here, else samples made for the model's tokens.
  Result<TaskRecords> records(const TaskRequest& request, std::stop_token stop) const override {
    const auto file = data_file(request);
    const bool anew = request.data_file.empty() && request.parameters.value("generate", false);
    if (file && !anew) return FileBenchmark::records(request, stop);
    LOOM_TRY(const Wording words, wording(request));
    return babilong_records(request, words, stop);
  }

 protected:
  std::vector<std::string> file_names(const TaskRequest& request) const override {
    const std::string length = length_name(request.length_tokens);
    return {"data/" + request.task + "/" + length + ".json", request.task + "/" + length + ".json",
            request.task + "_" + length + ".jsonl"};
  }
  Status add(const json& raw, size_t number, const TaskRequest& request, const Wording& wording,
             std::vector<Record>& records) const override {
    Record record;
    record.id = record_id(request.task, number);
    const std::string question = raw.at("question").get<std::string>();
    write_prompt(record, wording,
                 {{"context", trimmed_ends(raw.at("input").get<std::string>())},
                  {"question", trimmed_ends(question)}});
    record.references = {raw.at("target").get<std::string>()};
    record.metadata = {{"question", question}};
    records.push_back(std::move(record));
    return {};
  }
};

}  // namespace

std::unique_ptr<Benchmark> make_babilong() {
  return std::make_unique<BabiLong>();
}

}  // namespace loom
