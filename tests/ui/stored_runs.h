// A history to show: runs over six capabilities and two lengths, with right, wrong, truncated,
// failed and unparsed samples at known places.
#pragma once

#include <functional>

#include "core/history/run_store.h"

namespace loom::testing {

struct RunRecipe {
  std::string name = "Baseline";
  std::vector<std::string> models{"tiny"};
  size_t samples = 8;  // per job
  TruncationRule truncation = TruncationRule::middle;
  std::vector<std::string> tags;
  std::vector<std::string> augmentations{"none"};
  std::string rule_set = "official";
  bool strip_thinking = false;
  std::string without_task;  // left out
  size_t lengthen = 0;  // more lines in each prompt
  size_t left = 0;      // samples of each job that were not reached
  // Score of a sample, 0…1.
  std::function<double(const Job&, int index)> score = [](const Job&, int index) {
    return index % 2 == 0 ? 1.0 : 0.0;
  };
};

// In each job sample 3 failed, 5 was truncated and 6 could not be parsed.
inline constexpr int kFailed = 3, kTruncated = 5, kUnparsed = 6;

int64_t store_run(RunStore& store, const RunRecipe& recipe);
std::vector<Job> jobs_of(const RunRecipe& recipe);

}  // namespace loom::testing
