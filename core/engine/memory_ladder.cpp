#include "core/engine/memory_ladder.h"

#include <algorithm>

#include "core/base/cache_budget.h"
#include "core/base/memory_limit.h"
#include "core/engine/limited_allocator.h"
#include "core/engine/memory.h"

namespace loom {

size_t sequence_bytes(const CausalModel& model, size_t tokens) {
  const size_t pages = (tokens + kPageTokens - 1) / kPageTokens;
  return pages * model.shape().kv.page_bytes(model.device().dtype) + model.shape().kv.state_bytes();
}

namespace {

// Tensors on the CPU are counted exactly where there is a limit, and refused without harm.
bool counted_exactly(const ComputeDevice& device) {
  return device.device.is_cpu() && memory_limit() > 0;
}

size_t work_space(const CausalModel& model) {
  const ModelShape& shape = model.shape();
  return workspace_bytes(static_cast<uint64_t>(shape.hidden),
                         static_cast<uint64_t>(shape.vocabulary), model.device().chunk_tokens,
                         c10::elementSize(model.device().dtype));
}

}  // namespace

bool has_room(const CausalModel& model, size_t bytes) {
  const size_t beside = counted_exactly(model.device()) ? 0 : work_space(model);
  return bytes + beside <= free_bytes(model.device());
}

// What is held now and what this answer will add to it, beside what there may be.
std::string MemoryLadder::numbers(const Answer& missing) const {
  const ComputeDevice& device = model_.device();
  const size_t held = held_bytes(device);
  const bool exact = counted_exactly(device);
  const size_t allowed = exact ? memory_limit() : held + free_bytes(device);
  const size_t more = sequence_bytes(model_, missing.most_tokens()) + work_space(model_);
  return needs_of(std::max(held + more, exact ? refused_bytes() : 0), allowed);
}

void MemoryLadder::tell(const Answer& missing, const std::string& step) const {
  observer_.notice("Out of memory: a prompt of " + std::to_string(missing.request->ids.size()) +
                   " tokens " + numbers(missing) + "; " + step);
}

bool MemoryLadder::drop_unshared(const Answer& missing,
                                 const std::vector<PrefixTree::Wanted>& still_wanted) {
  const size_t before = prefixes_.bytes();
  if (before == 0 || prefixes_.keep_only(still_wanted) == 0) return false;
  // Else the tree would grow until memory is out again.
  prefix_bytes_ = std::min(prefix_bytes_, std::max(before / 2, prefixes_.bytes()));
  return_unused_bytes(model_.device());
  tell(missing, "cached prefixes that no waiting prompt shares are dropped");
  return true;
}

bool MemoryLadder::decode_fewer(const Answer& missing, size_t together) {
  together = std::max<size_t>(together, 1);
  if (together >= together_) return false;
  together_ = together;
  tell(missing, std::to_string(together) + (together == 1 ? " answer is" : " answers are") +
                    " decoded at a time");
  return true;
}

bool MemoryLadder::drop_all(Answer& missing) {
  if (missing.last_chance) return false;
  missing.last_chance = true;
  // A device's allocator may yet give back what lies in pieces.
  if (prefixes_.bytes() == 0 && model_.device().device.is_cpu()) return false;
  prefixes_.clear();
  return_unused_bytes(model_.device());
  tell(missing, "all cached prefixes are dropped");
  return true;
}

Error MemoryLadder::failure(const Answer& missing) const {
  return {ErrorKind::out_of_memory, numbers(missing),
          "a prompt of " + std::to_string(missing.request->ids.size()) + " tokens",
          "Close other programs, allow more memory, or choose a shorter length or a smaller model"};
}

void MemoryLadder::make_room_for(const Answer& answer) const {
  forget_refusal();
  prefixes_.set_budget(answer.last_chance ? 0 : prefix_bytes_);
}

}  // namespace loom
