// LongWriter (Bai et al. 2024, arXiv 2408.07055): write a text of the length that is asked for.
#include "core/benchmarks/longwriter.h"

#include <algorithm>

#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/record_set.h"

namespace loom {
namespace {

using nlohmann::json;

// An answer four times too long scores nothing. Sixteen tokens for each word or character asked for
// are more than that in any tokenizer, so the official limit of 32768 is not always needed.
constexpr int kMostTokens = 32768, kTokensPerWord = 16, kLeastTokens = 512;

class LongWriter : public FileBenchmark {
 public:
  std::string id() const override { return "longwriter"; }

 protected:
  std::vector<std::string> file_names(const TaskRequest& request) const override {
    return {request.task + ".jsonl", "evaluation/" + request.task + ".jsonl"};
  }
  Status add(const json& raw, size_t number, const TaskRequest& request, const Wording& wording,
             std::vector<Record>& records) const override {
    Record record;
    record.id = record_id(request.task, number);
    write_prompt(record, wording, {{"prompt", raw.at("prompt").get<std::string>()}});
    const int length = raw.at("length").get<int>();
    record.references = {std::to_string(length)};
    record.metadata = {{"length", length},
                       {"type", field_text(raw, "type")},
                       {"question", raw.at("prompt").get<std::string>()}};
    record.max_new_tokens = static_cast<int>(
        std::min<int64_t>(kMostTokens, int64_t{kTokensPerWord} * length + kLeastTokens));
    records.push_back(std::move(record));
    return {};
  }
};

}  // namespace

std::unique_ptr<Benchmark> make_longwriter() {
  return std::make_unique<LongWriter>();
}

}  // namespace loom
