#include "tests/core/benchmarks/record_checks.h"

#include <set>

#include "core/base/file_paths.h"
#include "tests/support/test_folders.h"

namespace loom::testing {

std::optional<ModelForRecords> model_for_records() {
  const auto path = default_model();
  if (!path) return std::nullopt;
  return ModelForRecords{*load_tokenizer(*path), *load_chat_format(*path)};
}

ModelForRecords fixture_for_records(const char* tokenizer) {
  return {*load_tokenizer(source_folder() / "tests/golden/tokenizers" / tokenizer), std::nullopt};
}

size_t ModelForRecords::tokens(const Record& record) const {
  const std::string turn = chat ? *render_user_turn(*chat, record.prompt) : record.prompt;
  return tokenizer->encode(turn + record.answer_prefix).size();
}

TaskRequest ModelForRecords::request(const std::string& task, size_t length, size_t samples) const {
  TaskRequest request;
  request.task = task;
  request.length_tokens = length;
  request.samples = samples;
  request.tokenizer = tokenizer.get();
  request.count_prompt = [this](const std::string& user, const std::string& prefix) {
    return tokenizer->encode((chat ? *render_user_turn(*chat, user) : user) + prefix).size();
  };
  return request;
}

const Catalog& shipped_catalog() {
  static const Catalog catalog = *load_catalog(*paths::registry());
  return catalog;
}

namespace {

bool in_evidence(const Record& record, const std::string& reference) {
  for (const ByteSpan& span : record.evidence)
    if (record.prompt.substr(span.begin, span.end - span.begin).find(reference) !=
        std::string::npos)
      return true;
  return false;
}

std::string problem_of(const Record& record, bool references_in_evidence) {
  if (record.references.empty()) return "has no references";
  if (record.evidence.empty()) return "has no evidence";
  if (record.context_end == 0 || record.context_end >= record.prompt.size())
    return "has no document before its question";
  for (const ByteSpan& span : record.evidence)
    if (span.begin >= span.end || span.end > record.context_end)
      return "has evidence outside its document";
  const int depth = record.metadata.value("depth", 0);
  if (depth < 0 || depth > 100) return "has the depth " + std::to_string(depth);
  if (record.prompt.find('{') != std::string::npos) return "has an unfilled gap";
  for (const std::string& reference : record.references)
    if (references_in_evidence && !in_evidence(record, reference))
      return "does not hold \"" + reference + "\" in its evidence";
  return "";
}

}  // namespace

std::string problem_of(const TaskRecords& records, bool references_in_evidence) {
  if (records.records.empty()) return "no records";
  std::set<std::string> ids;
  for (const Record& record : records.records) {
    if (!ids.insert(record.id).second) return record.id + " stands twice";
    const std::string problem = problem_of(record, references_in_evidence);
    if (!problem.empty()) return record.id + " " + problem;
  }
  return records.data_hash.size() == 64 ? "" : "no hash";
}

}  // namespace loom::testing
