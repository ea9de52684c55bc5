// What another program's record says: the answer, the references, and what the scorer needs beside
// them.
#pragma once

#include "core/predictions/predictions.h"

namespace loom {

// A sample of lm-evaluation-harness becomes its document's fields with the answer in "pred", a list
// where the harness too scored several; any other record stays as it is. Samples that hold
// likelihoods instead of a text are an Error.
Result<nlohmann::json> flat_record(nlohmann::json record);

// Whether the benchmark's own evaluator scores the record; it passes over the others.
bool is_scored(const nlohmann::json& record, const std::string& benchmark);

// One, or those of a list of texts: each a sample of the same question. The error says what is
// missing. `where` is the record's place.
Result<std::vector<StoredAnswer>> answers_of(const nlohmann::json& record,
                                             const std::string& benchmark, const std::string& task,
                                             const std::string& where);
// The same without an answer.
StoredAnswer references_of(const nlohmann::json& record, const std::string& benchmark,
                           const std::string& task, const std::string& where);

}  // namespace loom
