// Which answers of two runs are compared, where a run has several models.
#pragma once

#include "core/evaluation/run_summary.h"

namespace loom {

// The column that holds a job, by the job's own index; null where none does.
const RunColumn* column_of(const RunSummary& summary, int job);

// Equal columns are compared; one that the first run lacks is compared with the first run's first.
bool belong_together(const RunSummary& a, int job_a, const RunSummary& b, int job_b);

}  // namespace loom
