// LongIns (Gao et al. 2024, arXiv 2406.17588): which of many answered exercises are wrong.
#include "core/benchmarks/longins.h"

#include "core/benchmarks/file_benchmark.h"

namespace loom {
namespace {

using nlohmann::json;

class LongIns : public FileBenchmark {
 public:
  std::string id() const override { return "longins"; }

 protected:
  // Named by the number of tokens itself: GIST/4096.json.
  std::vector<std::string> file_names(const TaskRequest& request) const override {
    const std::string name = request.task + "/" + std::to_string(request.length_tokens) + ".json";
    return {name, "data/" + name};
  }
  Status add(const json& raw, size_t, const TaskRequest& request, const Wording& wording,
             std::vector<Record>& records) const override {
    Record record;
    record.id = request.task + "-" + raw.at("_name").get<std::string>();
    write_prompt(
        record, wording,
        {{"task", field_text(raw, "task_prompt")}, {"data", raw.at("Data").get<std::string>()}},
        {"data"});
    for (const json& number : raw.at("error"))
      record.references.push_back(std::to_string(number.get<int64_t>()));
    record.metadata = {{"categories", raw.value("Categories", json::array())}};
    if (record.references.empty()) record.metadata["no_error"] = true;
    records.push_back(std::move(record));
    return {};
  }
};

}  // namespace

std::unique_ptr<Benchmark> make_longins() {
  return std::make_unique<LongIns>();
}

}  // namespace loom
