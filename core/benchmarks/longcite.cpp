// LongCite's LongBench-Cite (Zhang et al. 2024, arXiv 2409.02897): statements with citations of
// numbered sentences, and where it is wanted the same questions without citations. Its scores come
// from a judge.
#include "core/benchmarks/longcite.h"

#include "core/base/text_file.h"
#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/record_set.h"
#include "core/text/sentences.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr const char* kOfficialPrompt = "one_shot_prompt.txt";

// "<C0>First sentence. <C1>Second one. …": a number before each, white space kept; text before the
// first sentence is lost, as in the original. Sentences are cut by our own rule (the original uses
// Punkt without a trained model).
std::string numbered_sentences(const std::string& text, size_t& count) {
  std::string result;
  const auto sentences = split_sentences(text);
  for (count = 0; count < sentences.size(); ++count) {
    const char* begin = sentences[count].data();
    const char* end =
        count + 1 < sentences.size() ? sentences[count + 1].data() : text.data() + text.size();
    (result += "<C" + std::to_string(count) + ">").append(begin, end);
  }
  return result;
}

void replace_once(std::string& text, std::string_view from, const std::string& to) {
  if (const size_t at = text.find(from); at != std::string::npos) text.replace(at, from.size(), to);
}

class LongCite : public FileBenchmark {
 public:
  std::string id() const override { return "longcite"; }

 protected:
  std::vector<std::string> file_names(const TaskRequest&) const override {
    return {"LongBench-Cite.json", "LongBench-Cite/LongBench-Cite.json"};
  }
  Result<Wording> wording(const TaskRequest& request) const override {
    if (request.wording) return *request.wording;
    auto file = find_benchmark_file(request, id(), {kOfficialPrompt});
    if (!file) return task_wording(request, id());
    LOOM_TRY(std::string text, read_file(*file, 1 << 20));
    replace_once(text, "<<context>>", "{context}");
    replace_once(text, "<<question>>", "{question}");
    return Wording{"", std::move(text), "", {}, std::string("official ") + kOfficialPrompt};
  }
  // One file holds all data sets.
  Status add(const json& raw, size_t number, const TaskRequest& request, const Wording& wording,
             std::vector<Record>& records) const override {
    const std::string data_set = raw.at("dataset").get<std::string>();
    if (request.task != data_set && request.task != "longcite") return {};
    size_t sentences = 0;
    const std::string text =
        numbered_sentences(raw.at("context").get_ref<const std::string&>(), sentences);
    Record record;
    record.id = record_id(request.task, number);
    write_prompt(record, wording,
                 {{"context", text}, {"question", raw.at("query").get<std::string>()}});
    record.references = field_texts(raw, "answer");
    record.metadata = {{"dataset", data_set},
                       {"sentences", sentences},
                       {"question", raw.at("query").get<std::string>()}};
    if (const json graded = raw.value("few_shot_scores", json());
        graded.is_array() && !graded.empty())
      record.metadata["graded_examples"] = graded;
    mark_document(record, text);
    records.push_back(std::move(record));
    if (request.parameters.value("plain_answers", false)) return add_plain(raw, request, records);
    return {};
  }

 private:
  // The question again, for an ordinary answer to set beside the cited one.
  Status add_plain(const json& raw, const TaskRequest& request,
                   std::vector<Record>& records) const {
    TaskRequest plain = request;
    plain.task = "plain";
    plain.wording.reset();  // a pack's words ask for citations
    LOOM_TRY(const Wording words, task_wording(plain, id()));
    const Record& cited = records.back();
    Record record;
    record.id = cited.id + "-plain";
    const std::string& text = raw.at("context").get_ref<const std::string&>();
    write_prompt(record, words,
                 {{"context", text}, {"question", raw.at("query").get<std::string>()}});
    record.references = cited.references;
    record.metadata = cited.metadata;
    record.metadata["plain"] = true;
    mark_document(record, text);
    records.push_back(std::move(record));
    return {};
  }
};

}  // namespace

std::unique_ptr<Benchmark> make_longcite() {
  return std::make_unique<LongCite>();
}

}  // namespace loom
