#include "core/catalog/custom_benchmark.h"

#include <algorithm>

#include "core/base/hash.h"
#include "core/base/json_text.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr size_t kMostInId = 64;

bool is_id_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

bool is_gap_name(std::string_view name) {
  if (name.empty() || name.size() > 100 || name.front() == ' ' || name.back() == ' ') return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' || c == '.' || c == ' ' ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

TaskDescription question_task(const CustomBenchmark& benchmark) {
  TaskDescription task;
  task.id = kCustomTask;
  task.title = benchmark.title;
  task.help = benchmark.summary;
  task.language = benchmark.language;
  task.metric = benchmark.metric;
  task.metric_parameters = benchmark.metric_parameters;
  task.max_new_tokens = benchmark.max_new_tokens;
  task.stop = benchmark.stop;
  task.chat_template = benchmark.chat_template;
  task.official_samples = benchmark.samples;
  return task;
}

struct DocumentTask {
  const char *id, *title, *help, *metric;
  int max_new_tokens;
};
constexpr DocumentTask kDocumentTasks[] = {
    {"needle", "Needle", "The answer stands in one sentence hidden in the documents.",
     "word_recall", 50},
    {"multi_needle", "Several needles",
     "Several sentences are hidden in the documents, and all of them are asked for.", "word_recall",
     200},
    {"order", "Order of needles", "In which order do hidden sentences stand in the documents?",
     "event_order", 50}};

TaskDescription document_task(const CustomBenchmark& benchmark, const DocumentTask& kind) {
  TaskDescription task;
  task.id = kind.id;
  task.title = kind.title;
  task.help = kind.help;
  task.language = benchmark.language;
  task.metric = kind.metric;
  task.max_new_tokens = kind.max_new_tokens;
  task.chat_template = benchmark.chat_template;
  task.official_samples = benchmark.depths.size();
  return task;
}

// The file on the disk: a path may lead on into an archive.
std::filesystem::path data_on_disk(const std::filesystem::path& data) {
  std::filesystem::path file;
  for (const auto& part : data) {
    file /= part;
    if (part.extension() == ".zip") break;
  }
  return file;
}

// Two definitions that differ in anything that could change a record or a score have two versions.
std::string version_of(const CustomBenchmark& benchmark) {
  if (!benchmark.version.empty()) return benchmark.version;
  json content = to_json(benchmark);
  for (const char* words : {"title", "summary", "licence", "citation"}) content.erase(words);
  return sha256(json_text(content)).substr(0, 12);
}

}  // namespace

std::vector<std::string> gaps_of_template(const std::string& text) {
  std::vector<std::string> gaps;
  for (size_t open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1)) {
    const size_t close = text.find('}', open);
    if (close == std::string::npos) break;
    const std::string name = text.substr(open + 1, close - open - 1);
    if (is_gap_name(name) && std::find(gaps.begin(), gaps.end(), name) == gaps.end())
      gaps.push_back(name);
  }
  return gaps;
}

std::string default_prompt(const CustomColumns& columns) {
  std::string prompt;
  if (!columns.context.empty()) prompt += "{context}\n\n";
  if (!columns.question.empty()) prompt += "{question}\n";
  if (!columns.choices.empty()) prompt += "{choices}\nAnswer with the letter.\n";
  return prompt;
}

std::string id_from_title(const std::string& title) {
  std::string id;
  for (char c : title) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    const bool kept = is_id_character(c) && c != '_';
    if (kept) id += c;
    if (!kept && !id.empty() && id.back() != '_') id += '_';
    if (id.size() == kMostInId) break;
  }
  while (id.ends_with('_')) id.pop_back();
  return id.empty() ? "custom" : id;
}

BenchmarkDescription description_of(const CustomBenchmark& benchmark) {
  BenchmarkDescription description;
  description.id = benchmark.id;
  description.title = benchmark.title;
  description.summary = benchmark.summary;
  description.capability = benchmark.capability;
  description.licence = benchmark.licence;
  description.citation = benchmark.citation;
  description.version = version_of(benchmark);
  description.languages = {benchmark.language};
  // An absolute path stands for itself wherever the data folder is.
  DataFile data;
  data.path = data.hub_path = data_on_disk(benchmark.data).string();
  data.required = true;
  description.files = {std::move(data)};
  description.custom = std::make_shared<const CustomBenchmark>(benchmark);
  if (benchmark.kind == CustomBenchmark::records) {
    description.tasks = {question_task(benchmark)};
    return description;
  }
  description.generated = true;
  description.lengths = description.default_lengths = benchmark.lengths;
  for (const DocumentTask& kind : kDocumentTasks)
    if (std::find(benchmark.tasks.begin(), benchmark.tasks.end(), kind.id) != benchmark.tasks.end())
      description.tasks.push_back(document_task(benchmark, kind));
  return description;
}

}  // namespace loom
