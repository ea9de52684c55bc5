// A record's words in the chat's wrapper as the model reads them, whole or with a part gone.
#pragma once

#include "core/evaluation/sample.h"
#include "core/execution/model_text.h"

namespace loom {

// With its evidence and the end of its document where they come to lie. Nothing is cut.
Result<Prompt> assemble(const Record& record, const ModelText& model, bool with_chat);

// The record with the middle, head or tail of its document gone: what is left of it are the texts
// `left` and `right`. Its spans move along.
Record shortened(const Record& record, const std::string& left, const std::string& right,
                 size_t document_bytes, bool& evidence_lost);

}  // namespace loom
