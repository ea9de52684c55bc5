// What stands beside each other on the Compare page and in results of several runs: whole runs, or
// single models and augmentations of one.
#pragma once

#include <QStringList>
#include <set>

#include "core/history/run_queries.h"

namespace loom::ui {

struct ComparedPart {
  int64_t run = 0;
  std::string column;  // RunColumn::label; empty: the whole run
  bool operator==(const ComparedPart&) const = default;
};

inline constexpr size_t kMostParts = 6;

// Parallel lists, an entry for each part.
struct ComparedParts {
  std::vector<ComparedPart> parts;
  std::vector<RunRow> runs;
  std::vector<EvaluationPlan> plans;  // of a column: with its model alone
  std::vector<RunSummary> whole;      // of the whole run
  std::vector<Provenance> provenances;
  std::vector<std::string> names;  // told apart
};
Result<ComparedParts> read_parts(const RunQueries& queries, const std::vector<ComparedPart>& parts);

// The columns of a run as parts; one part where it has one column.
Result<std::vector<ComparedPart>> columns_of(const RunQueries& queries, int64_t run);

// "benchmark/task@length"
std::string task_key(const std::string& benchmark, const std::string& task, size_t length);

struct TaskKeys {
  std::set<std::string> shared, all;
};
TaskKeys task_keys(const ComparedParts& compared);

// A part's jobs whose keys are among these, with means over them alone. Legends show the part's
// name, and the model where a whole run has several.
RunSummary part_summary(const ComparedParts& compared, size_t part,
                        const std::set<std::string>& keys);

// What makes the parts' scores incomparable: settings and judges that differ.
QStringList differences_that_matter(const ComparedParts& compared,
                                    const std::vector<RunSummary>& summaries);

}  // namespace loom::ui
