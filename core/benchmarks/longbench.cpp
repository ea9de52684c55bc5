// LongBench (Bai et al. 2023, arXiv 2308.14508): 21 data sets in English, Chinese and code.
#include "core/benchmarks/longbench.h"

#include "core/benchmarks/dataset_prompts.h"
#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/record_set.h"

namespace loom {
namespace {

using nlohmann::json;

// A band of LongBench-E, in words as the records count them.
struct Band {
  const char* name;
  int64_t from, to;
};
constexpr Band kBands[] = {{"_0_4k", 0, 4000}, {"_4_8k", 4000, 8000}, {"_8k", 8000, INT64_MAX}};

class LongBench : public FileBenchmark {
 public:
  explicit LongBench(bool evenly) : evenly_(evenly) {}
  std::string id() const override { return evenly_ ? "longbench_e" : "longbench"; }

 protected:
  std::vector<std::string> file_names(const TaskRequest& request) const override {
    const std::string name = data_set(request.task) + (evenly_ ? "_e.jsonl" : ".jsonl");
    return {"data/" + name, name};
  }
  Result<Wording> wording(const TaskRequest& request) const override {
    TaskRequest of_data_set = request;
    of_data_set.task = data_set(request.task);
    return dataset_wording(of_data_set, "longbench", of_data_set.task);
  }
  Status add(const json& raw, size_t number, const TaskRequest& request, const Wording& wording,
             std::vector<Record>& records) const override {
    const int64_t words = raw.value("length", int64_t{0});
    if (const Band* band = band_of(request.task); band && (words < band->from || words >= band->to))
      return {};
    Record record;
    record.id = record_id(request.task, number);
    write_prompt(
        record, wording,
        {{"context", raw.at("context").get<std::string>()}, {"input", field_text(raw, "input")}});
    record.references = field_texts(raw, "answers");
    record.metadata = {{"length", words}, {"official_id", field_text(raw, "_id")}};
    if (raw.contains("all_classes") && raw.at("all_classes").is_array())
      record.metadata["classes"] = raw.at("all_classes");
    records.push_back(std::move(record));
    return {};
  }

 private:
  const Band* band_of(const std::string& task) const {
    for (const Band& band : kBands)
      if (evenly_ && task.ends_with(band.name)) return &band;
    return nullptr;
  }
  std::string data_set(const std::string& task) const {
    const Band* band = band_of(task);
    return band ? task.substr(0, task.size() - std::string_view(band->name).size()) : task;
  }
  bool evenly_;
};

}  // namespace

std::unique_ptr<Benchmark> make_longbench() {
  return std::make_unique<LongBench>(false);
}

std::unique_ptr<Benchmark> make_longbench_e() {
  return std::make_unique<LongBench>(true);
}

}  // namespace loom
