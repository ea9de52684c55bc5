// Counting-Stars made here: the user's essays or novel, or our own sentences, with seeded counts,
// as long as the tested model's tokens allow.
#pragma once

#include "core/benchmarks/benchmark.h"

namespace loom {

// Numbers of stars: `wrong` is what was counted before the mistake was noticed. All of them differ
// from each other.
struct StarCounts {
  std::vector<int> right, wrong;
};
StarCounts draw_star_counts(size_t count, uint64_t seed, const std::string& stream);

Result<TaskRecords> star_records(const TaskRequest& request, const Wording& wording,
                                 std::stop_token stop);

}  // namespace loom
