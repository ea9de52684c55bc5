// The documents of the starter suite: entries with values, in a row or among other sentences.
#pragma once

#include "core/base/random.h"
#include "core/benchmarks/benchmark.h"
#include "core/benchmarks/slot_text.h"

namespace loom {

// What a question can be asked about: its values, and where in the document they stand.
struct StarterEntry {
  Slots slots;
  std::vector<ByteSpan> spans;
};

struct StarterDocument {
  std::string text;
  std::vector<StarterEntry> entries;
};

// `data` is a file of resources/data/starter; `stream` names the task.
Result<StarterDocument> starter_document(const nlohmann::json& data, const std::string& head,
                                         uint64_t seed, const std::string& stream);

}  // namespace loom
