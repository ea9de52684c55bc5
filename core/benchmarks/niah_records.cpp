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

// The suite's own names are not published: these are the ones that its package and relatives of the
// benchmark use.
constexpr std::array kTextFields = {"passage", "context", "input", "haystack", "text"};
constexpr std::array kQuestionFields = {"question", "retrieval_question", "query"};
constexpr std::array kAnswerFields = {"answer", "answers", "reference", "outputs", "output"};
constexpr std::array kLengthFields = {"context_length", "length"};
constexpr std::array kDepthFields = {"depth_percent", "depth"};

template <size_t N>
std::string listed(const std::array<const char*, N>& fields) {
  std::string text;
  for (size_t i = 0; i < N; ++i)
    text += std::string(i == 0 ? "" : i + 1 < N ? ", " : " or ") + fields[i];
  return text;
}

// The first of the fields that is there.
template <size_t N>
Result<const json*> first_of(const json& raw, const std::array<const char*, N>& fields) {
  for (const char* field : fields)
    if (const auto value = raw.find(field); value != raw.end() && !value->is_null()) return &*value;
  return Error{ErrorKind::corrupt, "has no " + listed(fields), "",
               "Take LOOMBENCH's niah.jsonl as it is published"};
}

template <size_t N>
Result<std::string> text_of(const json& raw, const std::array<const char*, N>& fields) {
  LOOM_TRY(const json* value, first_of(raw, fields));
  if (value->is_array() && !value->empty()) value = &value->front();
  if (value->is_string() && !value->get_ref<const std::string&>().empty())
    return value->get<std::string>();
  return Error{ErrorKind::corrupt, "holds no text in its " + listed(fields), "", ""};
}

// A number, also one that is written as a text.
template <size_t N>
Result<double> number_of(const json& raw, const std::array<const char*, N>& fields) {
  LOOM_TRY(const json* value, first_of(raw, fields));
  const json number = value->is_string()
                          ? json::parse(value->get_ref<const std::string&>(), nullptr, false)
                          : *value;
  if (number.is_number()) {
    const double found = number.get<double>();
    if (found >= 0 && found <= 1e9) return found;
  }
  return Error{ErrorKind::corrupt, "holds no number in its " + listed(fields), "", ""};
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
    LOOM_TRY(const double given, number_of(raw, kLengthFields));
    const auto length = static_cast<int64_t>(given);
    if (request.length_tokens > 0 && static_cast<uint64_t>(length) != request.length_tokens)
      return {};
    LOOM_TRY(const std::string text, text_of(raw, kTextFields));
    LOOM_TRY(const std::string question, text_of(raw, kQuestionFields));
    LOOM_TRY(const std::string answer, text_of(raw, kAnswerFields));
    LOOM_TRY(const double depth, number_of(raw, kDepthFields));
    Record record;
    record.id = record_id(request.task, number);
    record.prompt = words_.at("head").get<std::string>() + "\n" + text;
    record.context_end = record.prompt.size();
    record.prompt += fill(words_.at("question").get<std::string>(), {{"question", question}});
    record.answer_prefix = wording.answer_prefix;
    record.references = {answer};
    record.metadata = {{"depth", static_cast<int>(std::lround(depth))},
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
