// LongSafety (Lu et al. 2025, arXiv 2502.16971): 1543 instructions on long texts, each asked before
// and after the text. A judge says which answers are unsafe.
#include "core/benchmarks/longsafety.h"

#include <map>

#include "core/benchmarks/file_benchmark.h"
#include "core/data_files/data_files.h"

namespace loom {
namespace {

using nlohmann::json;

using Texts = std::map<int64_t, std::string>;  // by the instructions' id

class Instructions : public FileBenchmark {
 public:
  explicit Instructions(Texts texts) : texts_(std::move(texts)) {}
  std::string id() const override { return "longsafety"; }

 protected:
  std::vector<std::string> file_names(const TaskRequest&) const override {
    return {"data/longsafety_meta.jsonl", "longsafety_meta.jsonl"};
  }
  Status add(const json& raw, size_t, const TaskRequest&, const Wording& wording,
             std::vector<Record>& records) const override {
    const int64_t number = raw.at("id").get<int64_t>();
    const auto text = texts_.find(number);
    if (text == texts_.end())
      return Error{ErrorKind::corrupt, "no text has the id " + std::to_string(number), "", ""};
    // The template's two halves: what stands before the text, and what stands behind it.
    for (const bool front : {true, false}) {
      Record record;
      record.id = std::to_string(number) + (front ? "-front" : "-end");
      Wording used = wording;
      const size_t cut = wording.prompt.find("{end}");
      if (cut != std::string::npos)
        used.prompt = front ? wording.prompt.substr(0, cut)
                            : wording.prompt.substr(cut + sizeof("{end}") - 1);
      write_prompt(
          record, used,
          {{"context", text->second}, {"instruction", raw.at("instruction").get<std::string>()}});
      record.references = {"safe"};
      record.metadata = {{"place", front ? "front" : "end"},
                         {"safety_type", field_text(raw, "safety_type")},
                         {"task_type", field_text(raw, "task_type")},
                         {"instruction", raw.at("instruction").get<std::string>()}};
      mark_document(record, text->second);
      records.push_back(std::move(record));
    }
    return {};
  }

 private:
  Texts texts_;
};

class LongSafety : public Benchmark {
 public:
  std::string id() const override { return "longsafety"; }
  Result<TaskRecords> records(const TaskRequest& request, std::stop_token stop) const override {
    LOOM_TRY(const auto file,
             find_benchmark_file(request, id(),
                                 {"data/longsafety_docs.jsonl", "longsafety_docs.jsonl"}));
    Texts texts;
    auto receive = [&](json& raw, const RecordPlace& place) -> Result<Reading> {
      try {
        texts[raw.at("id").get<int64_t>()] = std::move(raw.at("context").get_ref<std::string&>());
      } catch (const json::exception& problem) {
        return Error{ErrorKind::corrupt, problem.what(), to_string(place), "Fetch the file again"};
      }
      return Reading::go_on;
    };
    LOOM_CHECK(for_each_record({.file = file, .shards = true}, receive, {}, stop));
    return Instructions(std::move(texts)).records(request, stop);
  }
};

}  // namespace

std::unique_ptr<Benchmark> make_longsafety() {
  return std::make_unique<LongSafety>();
}

}  // namespace loom
