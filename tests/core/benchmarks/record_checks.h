// Requests with the default model's tokenizer, and what every benchmark's records must keep.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/benchmarks/benchmark.h"
#include "core/catalog/catalog.h"
#include "core/tokenizer/chat_template.h"

namespace loom::testing {

struct ModelForRecords {
  std::shared_ptr<const Tokenizer> tokenizer;
  std::optional<ModelChatFormat> chat;  // none: prompts go in as they are
  TaskRequest request(const std::string& task, size_t length, size_t samples) const;
  size_t tokens(const Record& record) const;
};
// Nothing when the default model has not been fetched.
std::optional<ModelForRecords> model_for_records();
// A small tokenizer out of tests/golden/tokenizers, without a chat template.
ModelForRecords fixture_for_records(const char* tokenizer);

const Catalog& shipped_catalog();

// What is wrong with the records, "" when nothing is: unique ids, spans inside the document, a
// depth of 0…100 where there is one, and, unless the answers are letters of options, each reference
// inside the evidence.
std::string problem_of(const TaskRecords& records, bool references_in_evidence);

}  // namespace loom::testing
