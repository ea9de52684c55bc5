#include "core/evaluation/libra_total.h"

#include <algorithm>
#include <map>
#include <set>

namespace loom {
namespace {

constexpr size_t kLibraLengths = 6;  // 4k, 8k, … 128k

struct LibraTask {
  double sum = 0;
  std::set<size_t> lengths;
};

}  // namespace

size_t libra_lengths(const std::string& task) {
  static const std::map<std::string, size_t> fewer = {
      {"librusec_history", 4}, {"librusec_mhqa", 1}, {"ru_2wikimultihopqa", 3},
      {"ru_sci_fi", 2},        {"ru_trec", 4},       {"ru_quality", 2},
      {"ru_tpo", 1},           {"ru_qasper", 3},     {"ru_gsm100", 1}};
  const auto found = fewer.find(task);
  return found == fewer.end() ? kLibraLengths : found->second;
}

std::optional<LibraTotal> libra_total(const std::vector<JobSummary>& jobs,
                                      const RunColumn& column) {
  std::map<std::string, LibraTask> tasks;
  for (int index : column.jobs) {
    const JobSummary& job = jobs[static_cast<size_t>(index)];
    if (job.job.benchmark_id != "libra" || job.job.length_tokens == 0 || !job.score) continue;
    LibraTask& task = tasks[job.job.task];
    if (task.lengths.insert(job.job.length_tokens).second) task.sum += *job.score;
  }
  if (tasks.empty()) return std::nullopt;
  LibraTotal total;
  total.tasks = tasks.size();
  for (const auto& [name, task] : tasks) {
    const size_t official = std::max(libra_lengths(name), task.lengths.size());
    total.total += task.sum / static_cast<double>(official);
    total.lengths += official;
    total.not_run += official - task.lengths.size();
  }
  total.total /= static_cast<double>(tasks.size());
  return total;
}

}  // namespace loom
