// What is given up, step by step, when memory does not suffice for the next prompt or token. No
// step changes an answer's bits: prefixes are computed again when they are needed, answers are the
// same whichever others are decoded beside them. Chunks are not made smaller, for their length
// decides the bits.
#pragma once

#include "core/engine/answer.h"
#include "core/engine/prefix_tree.h"

namespace loom {

class MemoryLadder {
 public:
  MemoryLadder(const CausalModel& model, PrefixTree& prefixes, const GenerationObserver& observer,
               size_t together, size_t prefix_bytes)
      : model_(model),
        prefixes_(prefixes),
        observer_(observer),
        together_(together),
        prefix_bytes_(prefix_bytes) {}

  size_t together() const { return together_; }  // answers that are decoded together now

  // The steps, the cheapest first; each tells the observer, and says whether it gave up anything.
  bool drop_unshared(const Answer& missing, const std::vector<PrefixTree::Wanted>& still_wanted);
  bool decode_fewer(const Answer& missing, size_t together);
  bool drop_all(Answer& missing);  // the last step for this answer
  // What an answer fails with for which nothing is left to give up, with the numbers.
  Error failure(const Answer& missing) const;

  // Before an answer is computed: prefixes are kept beside it, or not at its last chance.
  void make_room_for(const Answer& answer) const;

 private:
  std::string numbers(const Answer& missing) const;
  void tell(const Answer& missing, const std::string& step) const;

  const CausalModel& model_;
  PrefixTree& prefixes_;
  const GenerationObserver& observer_;
  size_t together_, prefix_bytes_;
};

// Whether so many bytes of keys and values can be asked for, beside what computing takes. To ask in
// vain could end the process: by the system's hand, or on CUDA in its allocator's own report.
bool has_room(const CausalModel& model, size_t bytes);
// Of keys, values and states of one sequence.
size_t sequence_bytes(const CausalModel& model, size_t tokens);

}  // namespace loom
