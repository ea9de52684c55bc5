#include "core/evaluation/package_names.h"

#include <algorithm>
#include <charconv>

#include "core/text/normalise.h"

namespace loom {
namespace {

struct ShortName {
  const char *package, *ours;
};
constexpr ShortName kClongevalNames[] = {{"lstqa", "long_story_qa"},
                                         {"lcvmem", "long_conversation_memory"},
                                         {"lstsum", "long_story_summarization"},
                                         {"stnlab", "stacked_news_labeling"},
                                         {"sttdet", "stacked_typo_detection"},
                                         {"kpret", "key_passage_retrieval"},
                                         {"tblqry", "table_querying"}};
constexpr ShortName kSizes[] = {{"s", "_small"}, {"m", "_medium"}, {"l", "_large"}};
constexpr const char* kStarsPrefix = "counting_stars_";
constexpr const char* kCitePrefix = "L-CiteEval-";

bool is_asked(const std::vector<std::string>& sizes, const char* size) {
  return sizes.empty() || std::any_of(sizes.begin(), sizes.end(), [&](const std::string& one) {
           return lower_case(one) == size;
         });
}

std::vector<std::string> clongeval_tasks(const std::string& name,
                                         const std::vector<std::string>& sizes) {
  std::string task = lower_case(name);
  for (const ShortName& one : kClongevalNames)
    if (task == one.package) task = one.ours;
  for (const ShortName& size : kSizes)
    if (task.ends_with(size.ours)) return {task};
  std::vector<std::string> tasks;
  for (const ShortName& size : kSizes)
    if (is_asked(sizes, size.package)) tasks.push_back(task + size.ours);
  return tasks;
}

}  // namespace

std::string package_benchmark(const std::string& name) {
  std::string id = lower_case(name);
  std::replace(id.begin(), id.end(), '-', '_');
  return id;
}

std::vector<std::string> package_tasks(const std::string& benchmark, const std::string& name,
                                       const std::vector<std::string>& sizes) {
  const std::string lower = lower_case(name);
  if (benchmark == "clongeval") return clongeval_tasks(name, sizes);
  if (benchmark == "counting_stars" && lower.starts_with(kStarsPrefix))
    return {lower.substr(std::string_view(kStarsPrefix).size())};
  if (benchmark == "l_citeeval" && !package_set(name).empty())
    return {name.substr(name.find('_') + 1)};
  if (benchmark == "loogle" && lower == "summarization") return {"longdep_summarization"};
  if (benchmark == "loogle" && lower == "longdep_qa")
    return {"longdep_qa_comprehension_and_reasoning", "longdep_qa_multiple_information_retrieval",
            "longdep_qa_computation", "longdep_qa_timeline_reorder"};
  if (benchmark == "niah" && lower == "niah") return {"needle"};
  if (benchmark == "longbench_v2" || benchmark == "longsafety") return {lower};
  return {name};
}

std::string package_set(const std::string& name) {
  const size_t cut = name.find('_');
  if (!name.starts_with(kCitePrefix) || cut == std::string::npos) return "";
  const size_t begin = std::string_view(kCitePrefix).size();
  return cut > begin ? name.substr(begin, cut - begin) : "";
}

std::optional<size_t> package_length(const std::string& text) {
  size_t tokens = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, tokens);
  if (read.ec != std::errc() || tokens > 100'000'000) return std::nullopt;
  const std::string unit = lower_case(std::string(read.ptr, end));
  if (unit.empty()) return tokens;
  if (unit == "k") return tokens * 1024;
  if (unit == "m") return tokens * 1024 * 1024;
  return std::nullopt;
}

}  // namespace loom
