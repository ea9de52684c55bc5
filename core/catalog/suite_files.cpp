#include "core/catalog/suite_files.h"

#include <algorithm>

#include "core/base/hub_folders.h"
#include "core/hub/hub_cache.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

void fill(std::string& path, const std::string& gap, const std::string& value) {
  for (size_t at = path.find(gap); at != std::string::npos; at = path.find(gap, at + value.size()))
    path.replace(at, gap.size(), value);
}

std::string path_of(const SuiteFiles& files, const std::string& task, size_t length) {
  std::string path = files.path;
  fill(path, "{task}", task);
  fill(path, "{length}", std::to_string(length));
  fill(path, "{size}", std::to_string(length / 1024) + "k");
  return path;
}

std::optional<fs::path> find(const SuiteDescription& suite, const std::string& path,
                             const fs::path& data_folder) {
  std::error_code unreadable;
  const fs::path own = data_folder / suite.id / path;
  if (fs::exists(own, unreadable)) return own;
  const HubRepo repo{HubRepo::dataset, suite.hub_id, "main"};
  if (suite.hub_id.empty() || !check_hub_repo(repo) || !check_hub_path(path)) return std::nullopt;
  return HubCache(hub_cache_folder(), repo).find(repo.revision, path);
}

bool same_lengths(const SuiteFiles& files, size_t length) {
  return files.lengths.empty() ||
         std::find(files.lengths.begin(), files.lengths.end(), length) != files.lengths.end();
}

}  // namespace

const SuiteEntry* suite_entry(const SuiteDescription& suite, const std::string& benchmark) {
  for (const SuiteEntry& entry : suite.entries)
    if (entry.benchmark == benchmark) return &entry;
  return nullptr;
}

FoundSuiteFiles suite_files(const SuiteDescription& suite, const SuiteEntry& entry,
                            const BenchmarkDescription& benchmark, const fs::path& data_folder) {
  std::vector<std::string> tasks = entry.tasks;
  if (tasks.empty())
    for (const TaskDescription& task : benchmark.tasks) tasks.push_back(task.id);
  for (const SuiteFiles& files : entry.own) {
    const auto lengths = files.lengths.empty() ? std::vector<size_t>{0} : files.lengths;
    std::vector<std::string> here;
    for (const std::string& task : tasks)
      if (std::all_of(lengths.begin(), lengths.end(), [&](size_t length) {
            return find(suite, path_of(files, task, length), data_folder).has_value();
          }))
        here.push_back(task);
    if (here.size() == tasks.size()) return {&files, entry.tasks};
    if (files.any_task && !here.empty()) return {&files, here};
  }
  return {};
}

Result<fs::path> suite_file(const SuiteDescription& suite, const std::string& benchmark,
                            const std::string& task, size_t length, const fs::path& data_folder) {
  const SuiteEntry* entry = suite_entry(suite, benchmark);
  std::string first;
  for (const SuiteFiles& files : entry ? entry->own : std::vector<SuiteFiles>{}) {
    if (!same_lengths(files, length)) continue;
    const std::string path = path_of(files, task, length);
    if (auto found = find(suite, path, data_folder)) return *found;
    if (first.empty()) first = path;
  }
  if (first.empty())
    return Error{ErrorKind::not_found,
                 suite.title + " has no file of " + benchmark + "/" + task + " at this length",
                 suite.id, "Choose the suite anew"};
  return Error{
      ErrorKind::not_found, suite.title + " needs its own file " + first,
      (data_folder / suite.id).string(),
      "Put the file there, or choose the suite anew to build it from the benchmarks' data"};
}

}  // namespace loom
