// A job at work: references that the model reads.
#include <algorithm>

#include "core/execution/job_run.h"

namespace loom {

// What the model makes of the references, prompts with a common beginning one after the other. A
// sample whose references cannot be read has failed: its answer would have no score.
Status JobRun::read_references(std::stop_token stop) {
  if (!scorer_.reads_references()) return {};
  std::vector<uint64_t> order;
  for (const auto& [id, sample] : waiting_) order.push_back(id);
  std::sort(order.begin(), order.end(), [this](uint64_t a, uint64_t b) {
    const auto &left = waiting_.at(a).prompt.ids, &right = waiting_.at(b).prompt.ids;
    return left != right ? left < right : a < b;
  });
  for (uint64_t id : order) {
    LOOM_CHECK(wait_while_paused(stop));
    Sample& sample = waiting_.at(id);
    auto score = scorer_.score_references(sample, model_.server, model_.text,
                                          records_.description->chat_template, stop);
    if (score) {
      read_[sample.index] = std::move(*score);
      continue;
    }
    if (stop.stop_requested()) return score.error();
    Sample failed = std::move(sample);
    waiting_.erase(id);
    fail(std::move(failed), score.error());
  }
  return {};
}

}  // namespace loom
