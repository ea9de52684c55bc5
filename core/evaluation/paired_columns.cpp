#include "core/evaluation/paired_columns.h"

#include <algorithm>

namespace loom {

const RunColumn* column_of(const RunSummary& summary, int job) {
  for (const RunColumn& column : summary.columns)
    for (int at : column.jobs)
      if (summary.jobs[static_cast<size_t>(at)].job.index == job) return &column;
  return nullptr;
}

bool belong_together(const RunSummary& a, int job_a, const RunSummary& b, int job_b) {
  const RunColumn *mine = column_of(a, job_a), *other = column_of(b, job_b);
  if (!mine || !other) return false;
  if (mine->label == other->label) return true;
  const auto same = [&](const RunColumn& column) { return column.label == other->label; };
  return std::none_of(a.columns.begin(), a.columns.end(), same) && mine == &a.columns.front();
}

}  // namespace loom
