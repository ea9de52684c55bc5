// NThread's six questions on an object of identifiers (Roberts et al. 2024, arXiv 2411.05000).
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/benchmarks/slot_text.h"

namespace loom {

struct IdentifierPair {
  std::string key, value;
};

// Pairs that a question is about, among others of no meaning. A chain's pairs stand in the object
// in their order; what stands between them is open.
struct ThreadQuestion {
  std::vector<std::vector<IdentifierPair>> chains;
  Slots asked;  // {key}, {keys} as a JSON list, {character}
  std::vector<std::string> references;
};

// Parameters: "needles", "thread_length", "threads". Branched threads are our reading of the
// paper's sixth experiment, whose data is not published: the first key stands there once for each
// branch, the branches grow shorter one by one, and the end of the longest is asked for.
ThreadQuestion draw_thread_question(const std::string& task, const nlohmann::json& parameters,
                                    Random& random);

}  // namespace loom
