// Samples to rows and back.
#pragma once

#include "core/evaluation/sample.h"
#include "core/history/database.h"

namespace loom {

// The prompt that the last sample of a run began with: the next one usually shares it.
struct SharedDocument {
  int64_t id = 0;
  std::string hash, text;
};

// Conflict when this sample is stored as done already; a failed or cancelled one is replaced.
Status write_sample(Database& database, int64_t run, const Sample& sample, SharedDocument& last);
Status write_score(Database& database, int64_t sample_id, const SampleScore& score);
// A judge's score: the sample's own stays what it is.
Status write_judgement(Database& database, int64_t sample_id, const SampleScore& score);
Result<std::vector<SampleScore>> read_scores(Database& database, int64_t sample_id);
Result<Sample> read_sample(Database& database, int64_t sample_id);
// Whether read_sample can read it, without expanding its prompt.
Status check_sample(Database& database, int64_t sample_id);
// None: the sample has no answer.
Result<std::optional<GenerationResult>> read_result(Database& database, int64_t sample_id);

// Gives a row's document or rest to the full-text index.
Status index_document(Database& database, int64_t document_id, const std::string& text);
Status index_rest(Database& database, int64_t sample_id, const std::string& text);

}  // namespace loom
