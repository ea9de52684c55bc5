// The facts of a BABILong task: bAbI's own text files, the facts of BABILong's 0k files, or stories
// made here.
#pragma once

#include "core/benchmarks/babi_story.h"
#include "core/benchmarks/benchmark.h"

namespace loom {

class BabiStories {
 public:
  // Reads what the user has; stories with more than `most_facts` are left out.
  static Result<BabiStories> find(const TaskRequest& request, size_t most_facts,
                                  std::stop_token stop);

  // The same index always gives the same one.
  Result<BabiStory> story(size_t index) const;
  const std::string& label() const { return label_; }

 private:
  std::string task_, label_;
  uint64_t seed_ = 0;
  size_t most_facts_ = 0;
  std::vector<BabiStory> official_;  // in the order of use; empty: made here
};

}  // namespace loom
