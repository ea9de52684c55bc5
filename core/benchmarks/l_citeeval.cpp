// L-CiteEval (Tang et al. 2024, arXiv 2410.02115): answers with citations of numbered passages.
#include "core/benchmarks/l_citeeval.h"

#include "core/base/text_file.h"
#include "core/benchmarks/file_benchmark.h"
#include "core/benchmarks/record_set.h"
#include "core/text/python_text.h"

namespace loom {
namespace {

using nlohmann::json;

const std::string kMainSet = "Data";  // the others: Length, Hardness

// The prompt files spell one task in another way.
std::string prompt_file(const std::string& task) {
  return (task == "2wikimultihopqa" ? "2WikiMultihopQA" : task) + "_default.json";
}

void replace_all(std::string& text, std::string_view from, const std::string& to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// A passage is a text, or a text under a title that may begin it.
std::string passage_text(const json& passage) {
  if (passage.is_string()) return passage.get<std::string>();
  std::string text = passage.at("text").get<std::string>();
  const size_t first = text.find_first_not_of('\n');
  text =
      first == std::string::npos ? "" : text.substr(first, text.find_last_not_of('\n') + 1 - first);
  const std::string title = passage.value("title", "") + "\n";
  return text.starts_with(title) ? text.substr(title.size()) : text;
}

std::string numbered(const json& passages, const std::string& pattern) {
  std::string text;
  size_t number = 0;
  for (const json& passage : passages)
    text += fill(pattern, {{"ID", std::to_string(++number)}, {"P", passage_text(passage)}});
  return text;
}

std::string answer_text(const json& answer) {
  if (!answer.is_array()) return answer.is_string() ? answer.get<std::string>() : answer.dump();
  std::string text;
  for (const json& line : answer)
    text += "\n" + (line.is_string() ? line.get<std::string>() : line.dump());
  return text;
}

// An official prompt file becomes one pattern: its demonstration, then the gaps of the question.
Result<Wording> official_wording(const std::filesystem::path& file) {
  LOOM_TRY(const json root, read_json(file));
  try {
    const std::string instruction = root.at("instruction").get<std::string>();
    const std::string pattern = root.at("demo_prompt").get<std::string>();
    const std::string unanswered(strip_spaces(fill(
        pattern, {{"INST", instruction}, {"A", ""}, {"D", "{context}"}, {"Q", "{question}"}})));
    std::string prompt;
    for (const json& demo : root.at("demos")) {
      std::string shown =
          fill(unanswered,
               {{"context", numbered(demo.at("docs"), root.at("doc_prompt").get<std::string>())},
                {"question", field_text(demo, "question")}});
      if (root.contains("demo_role"))
        replace_all(shown, "<<<chatbox>>>", root.at("demo_role").get<std::string>());
      prompt += shown + answer_text(demo.at("answer")) + root.at("demo_sep").get<std::string>();
    }
    return Wording{"", prompt + unanswered, "", {}, "official " + file.filename().string()};
  } catch (const json::exception& problem) {
    return Error{ErrorKind::corrupt, problem.what(), file.string(), "Fetch the file again"};
  }
}

class LCiteEval : public FileBenchmark {
 public:
  std::string id() const override { return "l_citeeval"; }

 protected:
  std::vector<std::string> file_names(const TaskRequest& request) const override {
    const std::string set = "L-CiteEval-" + request.parameters.value("set", kMainSet);
    std::vector<std::string> names = {set + "/" + request.task + ".json",
                                      set + "_" + request.task + ".jsonl"};
    if (set.ends_with(kMainSet)) names.insert(names.begin() + 1, request.task + ".json");
    return names;
  }
  Result<Wording> wording(const TaskRequest& request) const override {
    if (request.wording) return *request.wording;
    const std::string name = prompt_file(request.task);
    auto file = find_benchmark_file(request, id(), {"prompt/" + name, name});
    return file ? official_wording(*file) : task_wording(request, id());
  }
  Status add(const json& raw, size_t number, const TaskRequest& request, const Wording& wording,
             std::vector<Record>& records) const override {
    const json passages = listed_rows(raw.at("docs"));
    const bool talk = request.task == "locomo" || request.task == "dialsim";
    Record record;
    record.id = record_id(request.task, number);
    const std::string role = field_text(raw, "role");
    const std::string documents =
        numbered(passages, talk ? "Conversation [{ID}]: {P}\n" : "Passage [{ID}]: {P}\n");
    write_prompt(
        record, wording,
        {{"context", documents}, {"question", field_text(raw, "question")}, {"role", role}});
    const std::string shared = record.prompt.substr(0, record.context_end);
    std::string rest = record.prompt.substr(record.context_end);
    replace_all(rest, "<<<chatbox>>>", role);
    record.prompt = shared + rest;
    record.references = field_texts(raw, "answer");
    record.metadata = {{"passages", passages.size()}, {"length", raw.value("length", json())}};
    if (raw.contains("hardness")) record.metadata["hardness"] = raw.at("hardness");
    mark_document(record, documents);
    if (request.task == "niah" || request.task == "counting_stars")
      note_gold_passages(passages, request.task, record);
    records.push_back(std::move(record));
    return {};
  }

 private:
  // Passages that an answer of the synthetic tasks must cite; counts of stars stand in them too.
  static void note_gold_passages(const json& passages, const std::string& task, Record& record) {
    constexpr std::string_view kCounted = "The little penguin counted ";
    json gold = json::array();
    std::vector<std::string> counts;
    for (size_t i = 0; i < passages.size(); ++i) {
      const std::string text = passage_text(passages[i]);
      const size_t at =
          text.find(task == "niah" ? std::string_view(record.references.at(0)) : kCounted);
      if (at == std::string::npos || (task == "niah" && !gold.empty())) continue;
      gold.push_back(i + 1);
      if (task == "niah") continue;
      const size_t begin = at + kCounted.size();
      const size_t end = std::min(text.find_first_not_of("0123456789", begin), text.size());
      if (end > begin && text.substr(end).starts_with(" ★"))
        counts.push_back(text.substr(begin, end - begin));
    }
    record.metadata["gold_passages"] = gold;
    if (!counts.empty()) record.references = counts;
  }
};

}  // namespace

std::unique_ptr<Benchmark> make_l_citeeval() {
  return std::make_unique<LCiteEval>();
}

}  // namespace loom
