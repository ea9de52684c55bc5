// The results of several runs as one: a column for each run and model, over all tasks or over those
// that all runs have.
#pragma once

#include "ui/pages/compare/compared_parts.h"

namespace loom::ui {

struct Together {
  ComparedParts compared;
  std::vector<RunSummary> all, shared;  // a summary for each run
  size_t tasks_shared = 0, tasks_all = 0;
  size_t devices = 1;       // the most that one of the runs used
  QStringList differences;  // that make scores incomparable
  bool has_same_tasks() const { return tasks_shared == tasks_all; }
};

Result<Together> read_together(const RunQueries& queries, const std::vector<int64_t>& runs);

}  // namespace loom::ui
