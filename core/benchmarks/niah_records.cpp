#include "core/benchmarks/niah_records.h"

#include <array>
#include <cmath>

#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/house_data.h"
#include "core/benchmarks/record_set.h"
#include "core/benchmarks/slot_text.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr std::array kTextFields = {"passage", "context", "input"};
constexpr std::array kQuestionFields = {"question", "retrieval_question"};

template <size_t N>
std::string first_text(const json& raw, const std::array<const char*, N>& fields) {
  for (const char* field : fields)
    if (const auto value = raw.find(field); value != raw.end() && value->is_string())
      return value->get<std::string>();
  return "";
}

class StoredNeedles : public FileBenchmark {
 public:
  explicit StoredNeedles(json words) : words_(std::move(words)) {}
  std::string id() const override { return "niah"; }

 protected:
  std::vector<std::string> file_names(const TaskRequest&) const override { return {"niah.jsonl"}; }
  Result<Wording> wording(const TaskRequest&) const override {
    return Wording{"", "", words_.at("prefix").get<std::string>(), {}, "house 1"};
  }
  Status add(const json& raw, size_t number, const TaskRequest& request, const Wording& wording,
             std::vector<Record>& records) const override {
    const auto length = raw.at("context_length").get<int64_t>();
    if (request.length_tokens > 0 && static_cast<uint64_t>(length) != request.length_tokens)
      return {};
    const std::string text = first_text(raw, kTextFields),
                      question = first_text(raw, kQuestionFields);
    if (text.empty() || question.empty())
      return Error{ErrorKind::corrupt,
                   text.empty() ? "has no passage, context or input"
                                : "has no question or retrieval_question",
                   "", "Take LOOMBENCH's niah.jsonl as it is published"};
    Record record;
    record.id = record_id(request.task, number);
    record.prompt = words_.at("head").get<std::string>() + "\n" + text;
    record.context_end = record.prompt.size();
    record.prompt += fill(words_.at("question").get<std::string>(), {{"question", question}});
    record.answer_prefix = wording.answer_prefix;
    record.references = {raw.at("answer").get<std::string>()};
    record.metadata = {
        {"depth", static_cast<int>(std::lround(raw.at("depth_percent").get<double>()))},
        {"context_length", length},
        {"language", "en"}};
    records.push_back(std::move(record));
    return {};
  }

 private:
  const json words_;
};

}  // namespace

Result<TaskRecords> niah_records(const TaskRequest& request, std::stop_token stop) {
  LOOM_TRY(json words, house_json("templates/niah.json"));
  return StoredNeedles(std::move(words)).records(request, stop);
}

}  // namespace loom
