// Prompts in the history: compressed, with what many begin with kept once, and found by their
// words.
#pragma once

#include "core/history/database.h"

namespace loom {

// The prompt that the last sample of a run began with: the next one usually shares it.
struct SharedDocument {
  int64_t id = 0;
  std::string hash, text;
};

// A document's first bytes, and the rest. document 0: the whole is the rest.
struct StoredPrompt {
  int64_t document = 0;
  size_t document_bytes = 0;
  std::string rest;
};

Result<StoredPrompt> store_prompt(Database& database, const std::string& text,
                                  SharedDocument& last);
// `rest` as its column holds it, compressed.
Result<std::string> load_prompt(Database& database, int64_t document, size_t document_bytes,
                                const std::string& rest);

// Gives a row's document or rest to the full-text index.
Status index_document(Database& database, int64_t document_id, const std::string& text);
Status index_rest(Database& database, int64_t sample_id, const std::string& text);

}  // namespace loom
