// NThread's official files.
#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/nthread.h"
#include "core/benchmarks/record_set.h"

namespace loom {
namespace {

using nlohmann::json;

// Identifiers between quotation marks; a text without any is one identifier itself.
std::vector<std::string> quoted(const std::string& text) {
  std::vector<std::string> parts;
  for (size_t open = text.find_first_of("'\""); open != std::string::npos;) {
    const size_t close = text.find(text[open], open + 1);
    if (close == std::string::npos) break;
    parts.push_back(text.substr(open + 1, close - open - 1));
    open = text.find_first_of("'\"", close + 1);
  }
  return parts.empty() ? std::vector<std::string>{text} : parts;
}

// A task's file, and the split of the tables that holds the same.
struct ThreadFile {
  const char *task, *file, *split;
};
constexpr ThreadFile kThreadFiles[] = {
    {"single_needle", "Single_Needle", "Single_Needle"},
    {"multiple_needles", "Multiple_Needles", "Multi_Needle"},
    {"conditional_needles", "Conditional_Needles", "Conditional_Needle"},
    {"single_thread", "Single_Threads", "Single_Thread"},
    {"multi_threads", "Multi_Threads", "Multi_Thread"},
    {"branched_threads", "Branched_Threads", "Branched_Thread"}};

// The official files. Their lengths are counted in characters: 2k of ours asks for 2000 of theirs.
class OfficialThreads : public FileBenchmark {
 public:
  std::string id() const override { return "nthread"; }

 protected:
  std::vector<std::string> file_names(const TaskRequest& request) const override {
    for (const ThreadFile& one : kThreadFiles)
      if (request.task == one.task) {
        const std::string name = std::string(one.file) + ".json";
        return {name, "json_data/" + name, std::string(one.split) + ".json"};
      }
    return {request.task + ".json"};
  }
  Status add(const json& raw, size_t number, const TaskRequest& request, const Wording&,
             std::vector<Record>& records) const override {
    const auto characters = static_cast<int64_t>(request.length_tokens / 1024 * 1000);
    if (characters > 0 && raw.at("context_length").get<int64_t>() != characters) return {};
    Record record;
    record.id = record_id(request.task, number);
    record.prompt = raw.at("haystack").get<std::string>();
    record.context_end = record.prompt.size();
    record.prompt += "\n" + raw.at("question").get<std::string>();
    record.references = quoted(field_text(raw, "values"));
    record.max_new_tokens = thread_answer_tokens(record.references.size());
    const std::string special = field_text(raw, "conditional_character");
    record.metadata = {{"special", special == "N/A" ? "" : special},
                       {"official_depth", field_text(raw, "needle_depth")}};
    records.push_back(std::move(record));
    return {};
  }
};

}  // namespace

std::unique_ptr<Benchmark> official_nthread() {
  return std::make_unique<OfficialThreads>();
}

}  // namespace loom
