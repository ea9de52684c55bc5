// Requests with the default model's tokenizer, and what every benchmark's records must keep.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

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

// Rows of a test of lengths, "fixture" and "length": the default model's, and the small tokenizer's
// so many times as long.
void add_length_rows(const std::vector<int>& lengths, int fixture_factor);

// What is wrong with samples made here, "" when nothing is.
// Their number and data; each prompt with its answer ends at the length, or less than `unit` tokens
// before it.
std::string length_problem(const TaskRecords& records, const ModelForRecords& model,
                           const TaskRequest& request, size_t answer_tokens, size_t unit);
// Equal seeds make equal samples, however many are asked for; others make others. The request is
// for two.
std::string seed_problem(const std::string& benchmark, const TaskRequest& request);
// Lengths that are too short, no tokenizer and, where one is needed, no length are Errors that say
// what to do.
std::string impossible_problem(const std::string& benchmark, const ModelForRecords& model,
                               const std::string& task, const std::vector<size_t>& lengths,
                               bool needs_length = true);

// What stands at a place of evidence.
std::string evidence_text(const Record& record, size_t evidence);
// Behind the first `from`, up to `to`.
std::string text_between(const std::string& text, const std::string& from, const std::string& to);

// What is wrong with the records, "" when nothing is: unique ids, spans inside the document, a
// depth of 0…100 where there is one, and, unless the answers are letters of options, each reference
// inside the evidence.
std::string problem_of(const TaskRecords& records, bool references_in_evidence);

}  // namespace loom::testing
