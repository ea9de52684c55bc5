#include "core/predictions/task_names.h"

#include <algorithm>
#include <regex>

namespace loom {
namespace {

namespace fs = std::filesystem;

// What other programs call our tasks, in lower case.
constexpr std::pair<const char*, const char*> kOtherNames[] = {
    {"qa_squad", "qa_1"},
    {"qa_hotpot", "qa_2"},
    {"lstqa", "long_story_qa"},
    {"lcvmem", "long_conversation_memory"},
    {"lstsum", "long_story_summarization"},
    {"stnlab", "stacked_news_labeling"},
    {"sttdet", "stacked_typo_detection"},
    {"kpret", "key_passage_retrieval"},
    {"tblqry", "table_querying"},
    {"niah", "needle"},
    {"longbenchv2", "longbench_v2"},
    {"longbench2", "longbench_v2"},
    {"single_threads", "single_thread"},
    {"summarization", "longdep_summarization"}};

// Names are compared in lower case with underscores alone.
std::string plain(std::string name) {
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '-' || c == '.' || c == ' ') c = '_';
  }
  return name;
}

std::string letters_of(std::string name) {
  name = plain(std::move(name));
  std::erase(name, '_');
  return name;
}

std::string file_stem(const fs::path& file) {
  fs::path name = file.filename();
  if (name.extension() == ".gz") name = name.stem();
  std::string stem = name.stem().string();
  if (const size_t mark = stem.find(".pred"); mark != std::string::npos) stem.resize(mark);
  return std::regex_replace(stem, std::regex(R"(_\d{4}-\d{2}-\d{2}T[-\d.:]*$)"), "");
}

// The name, and what is left without the words that programs put around a task's name.
std::vector<std::string> spellings(const std::string& name) {
  static const std::regex kAround(
      "^(samples_|preds_|l_citeeval_data_|l_citeeval_length_|l_citeeval_hardness_|"
      "counting_stars_|longbench_|ruler_|babilong_|infinitebench_|libra_|"
      "leval_|lveval_|clongeval_|\\d_\\d_)");
  static const std::regex kLength("_(\\d+[km]?|e)$");
  static const std::pair<const char*, const char*> kSizes[] = {
      {"_s", "_small"}, {"_m", "_medium"}, {"_l", "_large"}};
  std::vector<std::string> found = {name};
  auto add = [&](const std::string& spelling) {
    if (std::find(found.begin(), found.end(), spelling) == found.end()) found.push_back(spelling);
  };
  for (size_t i = 0; i < found.size(); ++i) {
    const std::string spelling = found[i];
    add(std::regex_replace(spelling, kAround, ""));
    add(std::regex_replace(spelling, kLength, ""));
    for (const auto& [other, ours] : kOtherNames)
      if (spelling.starts_with(other)) add(ours + spelling.substr(std::string_view(other).size()));
    for (const auto& [letter, size] : kSizes)
      if (spelling.ends_with(letter)) add(spelling.substr(0, spelling.size() - 2) + size);
  }
  return found;
}

// LongBench-E's tasks are a data set's bands; its files hold all bands of one.
std::string without_band(const std::string& task) {
  for (const char* band : {"_0_4k", "_4_8k", "_8k"})
    if (task.ends_with(band)) return task.substr(0, task.size() - std::string_view(band).size());
  return task;
}

// By a folder, by the way InfiniteBench's program alone begins its files' names, or by the
// benchmark before the task, as lm-evaluation-harness names tasks.
bool is_named_after(const fs::path& file, const std::string& benchmark) {
  const std::string stem = plain(file.filename().string()), name = letters_of(benchmark);
  if (benchmark == "infinitebench" && stem.starts_with("preds_")) return true;
  if (stem.starts_with("samples_" + benchmark + "_")) return true;
  return std::any_of(file.begin(), --file.end(),
                     [&](const fs::path& part) { return letters_of(part.string()) == name; });
}

bool is_even(const fs::path& file, const std::string& stem) {
  return plain(stem).ends_with("_e") || file.parent_path().filename() == "pred_e" ||
         file.parent_path().parent_path().filename() == "pred_e";
}

}  // namespace

std::vector<NamedTask> tasks_named_by(const fs::path& file, const PredictionRequest& request,
                                      const Catalog& catalog) {
  const std::string stem = file_stem(file);
  std::vector<std::string> names = spellings(plain(stem));
  // "1-1_long_story_qa/small.jsonl"
  for (const std::string& name :
       spellings(plain(file.parent_path().filename().string() + "_" + stem)))
    names.push_back(name);
  std::vector<NamedTask> found, in_folder;
  for (const BenchmarkDescription& benchmark : catalog.benchmarks) {
    if (!request.benchmark.empty() && benchmark.id != request.benchmark) continue;
    const bool even = benchmark.id == "longbench_e";
    if (request.benchmark.empty() && (even || benchmark.id == "longbench") &&
        even != is_even(file, stem))
      continue;
    for (const TaskDescription& task : benchmark.tasks) {
      const std::string ours = even ? without_band(task.id) : task.id;
      if (std::find(names.begin(), names.end(), plain(ours)) == names.end()) continue;
      if (!found.empty() && found.back().benchmark == benchmark.id && found.back().task == ours)
        continue;
      found.push_back({benchmark.id, ours});
      if (is_named_after(file, benchmark.id)) in_folder.push_back(found.back());
    }
  }
  return in_folder.empty() ? found : in_folder;
}

std::string benchmark_by_fields(const nlohmann::json& record) {
  static constexpr std::pair<const char*, const char*> kFields[] = {
      {"all_answers", "ada_leval"},
      {"positive_outputs", "libra"},
      {"reference_counting_results", "counting_stars"},
      {"Question_ID", "nthread"},
      {"gold_answers", "nolima"},
      {"llm_output", "loogle"},
      {"gold_ans", "lveval"},
      {"answer_keywords", "lveval"},
      {"depth_percent", "niah"},
      {"generation", "l_citeeval"},
      {"ground_truth", "infinitebench"},
      {"evaluation", "leval"},
      {"gt", "leval"},
      {"all_classes", "longbench"}};
  for (const auto& [field, benchmark] : kFields)
    if (record.contains(field)) return benchmark;
  if (record.contains("target") && record.contains("question")) return "babilong";
  return "";
}

}  // namespace loom
