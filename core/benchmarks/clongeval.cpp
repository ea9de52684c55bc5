// CLongEval (Qiu et al. 2024, arXiv 2403.03514): seven Chinese tasks in three sizes.
#include "core/benchmarks/clongeval.h"

#include <algorithm>

#include "core/benchmarks/dataset_prompts.h"
#include "core/benchmarks/file_benchmark.h"

namespace loom {
namespace {

using nlohmann::json;

struct Folder {
  const char *task, *name;
};
constexpr Folder kFolders[] = {{"long_story_qa", "1-1_long_story_qa"},
                               {"long_conversation_memory", "1-2_long_conversation_memory"},
                               {"long_story_summarization", "2-1_long_story_summarization"},
                               {"stacked_news_labeling", "3-1_stacked_news_labeling"},
                               {"stacked_typo_detection", "3-2_stacked_typo_detection"},
                               {"key_passage_retrieval", "4-1_key_passage_retrieval"},
                               {"table_querying", "4-2_table_querying"}};

// "long_story_qa_small" → its two halves.
std::pair<std::string, std::string> task_and_size(const std::string& task) {
  const size_t cut = task.rfind('_');
  return {task.substr(0, cut), task.substr(cut + 1)};
}

std::vector<std::string> parts_of(const std::string& text, std::string_view separator) {
  std::vector<std::string> parts;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find(separator, at), text.size());
    parts.push_back(text.substr(at, end - at));
    at = end + separator.size();
  }
  return parts;
}

// The paragraph of that number in the document: from its mark to the next one.
std::string_view paragraph(std::string_view context, const std::string& number) {
  constexpr std::string_view kMark = "段落ID：";
  const size_t at = context.find(std::string(kMark) + number + "\n") != std::string_view::npos
                        ? context.find(std::string(kMark) + number + "\n")
                        : context.find(std::string(kMark) + number);
  if (at == std::string_view::npos) return {};
  return context.substr(at, context.find(kMark, at + kMark.size()) - at);
}

class CLongEval : public FileBenchmark {
 public:
  std::string id() const override { return "clongeval"; }

 protected:
  std::vector<std::string> file_names(const TaskRequest& request) const override {
    const auto [task, size] = task_and_size(request.task);
    for (const Folder& folder : kFolders)
      if (task == folder.task) {
        const std::string name = std::string(folder.name) + "/" + size + ".jsonl";
        return {"data/" + name, name};
      }
    return {request.task + ".jsonl"};
  }
  // The official patterns have gaps without names: the text, then the question.
  Result<Wording> wording(const TaskRequest& request) const override {
    TaskRequest of_task = request;
    of_task.task = task_and_size(request.task).first;
    LOOM_TRY(Wording words, dataset_wording(of_task, id(), of_task.task));
    for (const char* gap : {"{context}", "{input}"})
      if (const size_t at = words.prompt.find("{}"); at != std::string::npos)
        words.prompt.replace(at, 2, gap);
    return words;
  }
  Status add(const json& raw, size_t number, const TaskRequest& request, const Wording& wording,
             std::vector<Record>& records) const override {
    const std::string context = raw.at("context").get<std::string>();
    Record record;
    record.id = raw.contains("id") ? field_text(raw, "id") : std::to_string(number);
    write_prompt(record, wording, {{"context", context}, {"input", field_text(raw, "query")}});
    record.references = {field_text(raw, "answer")};
    if (request.task.starts_with("stacked_typo")) {
      record.metadata["stored_answer"] = record.references[0];
      record.metadata["published_answer"] = typos_as_published(record.references[0]);
      record.references[0] = typos_wrong_first(record.references[0], context);
    }
    records.push_back(std::move(record));
    return {};
  }
};

}  // namespace

std::string typos_wrong_first(const std::string& answer, std::string_view context) {
  std::vector<std::vector<std::string>> lines;
  int swapped = 0;
  for (const std::string& line : parts_of(answer, "\n")) {
    auto parts = parts_of(line, "，");
    if (parts.size() != 3) continue;
    const std::string_view text = paragraph(context, parts[0]);
    const bool first = text.find(parts[1]) != std::string_view::npos,
               second = text.find(parts[2]) != std::string_view::npos;
    swapped += static_cast<int>(second && !first) - static_cast<int>(first && !second);
    lines.push_back(std::move(parts));
  }
  std::string result;
  for (const auto& line : lines)
    result += (result.empty() ? "" : "\n") + line[0] + "，" + line[swapped > 0 ? 2 : 1] + "，" +
              line[swapped > 0 ? 1 : 2];
  return result;
}

std::string typos_as_published(const std::string& answer) {
  const auto parts = parts_of(answer, "，");
  if (parts.size() < 3) return answer;
  return parts[0] + "，" + parts[2] + "，" + parts[0];
}

std::unique_ptr<Benchmark> make_clongeval() {
  return std::make_unique<CLongEval>();
}

}  // namespace loom
