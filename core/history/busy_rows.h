// When the jobs of a run were at work, kept in their definitions: `busy`, a list of
// [device, start, end].
#pragma once

#include "core/evaluation/run_time.h"
#include "core/history/database.h"

namespace loom {

struct JobBusyTime {
  int job = 0;
  BusyTime time;
};
Result<std::vector<JobBusyTime>> read_busy_times(Database& database, int64_t run);
// Counts for the job with `remembered_s` besides, and for the run as far as no other job was at
// work at that time.
Status add_busy_times(Database& database, int64_t run, int job, std::span<const BusyTime> busy,
                      double remembered_s);

}  // namespace loom
