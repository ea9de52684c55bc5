#include "tests/core/benchmarks/record_checks.h"

#include <QtTest>
#include <set>

#include "core/base/file_paths.h"
#include "tests/core/benchmarks/file_records.h"
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

void add_length_rows(const std::vector<int>& lengths, int fixture_factor) {
  QTest::addColumn<bool>("fixture");
  QTest::addColumn<int>("length");
  for (const int length : lengths) {
    QTest::addRow("model %d", length) << false << length;
    QTest::addRow("fixture %d", length) << true << fixture_factor * length;
  }
}

std::string length_problem(const TaskRecords& records, const ModelForRecords& model,
                           const TaskRequest& request, size_t answer_tokens, size_t unit) {
  if (records.data_label != "house data") return "made of " + records.data_label;
  if (records.records.size() != request.samples)
    return std::to_string(records.records.size()) + " samples";
  for (const Record& record : records.records) {
    const size_t whole = model.tokens(record) + answer_tokens;
    if (whole > request.length_tokens || whole + unit < request.length_tokens)
      return record.id + ": " + std::to_string(whole) + " of " +
             std::to_string(request.length_tokens) + " tokens";
  }
  return "";
}

std::string seed_problem(const std::string& benchmark, const TaskRequest& request) {
  TaskRequest asked = request;
  const auto two = records(benchmark, asked), again = records(benchmark, asked);
  asked.samples = 4;
  const auto four = records(benchmark, asked);
  asked.seed = request.seed + 1;
  const auto other = records(benchmark, asked);
  for (const auto* made : {&two, &again, &four, &other})
    if (!*made) return describe(made->error());
  if (again->data_hash != two->data_hash) return "the same seed made other samples";
  const auto& more = four->records;
  if (more.size() != 4) return std::to_string(more.size()) + " samples";
  for (size_t i = 0; i < 2; ++i)
    if (more[i].prompt != two->records.at(i).prompt) return "more samples change the first ones";
  if (more[1].prompt == more[2].prompt || more[2].prompt == more[3].prompt)
    return "a sample comes again";
  return other->data_hash == four->data_hash ? "another seed made the same samples" : "";
}

std::string impossible_problem(const std::string& benchmark, const ModelForRecords& model,
                               const std::string& task, const std::vector<size_t>& lengths,
                               bool needs_length) {
  for (const size_t length : lengths) {
    const auto made = records(benchmark, model.request(task, length, 1));
    const std::string where = task + " at " + std::to_string(length) + ": ";
    if (made) return where + "no Error";
    if (made.error().kind != ErrorKind::invalid_input || made.error().remedy.empty())
      return where + describe(made.error());
  }
  if (needs_length) {
    const auto made = records(benchmark, model.request(task, 0, 1));
    if (made) return task + " without a length: no Error";
    if (made.error().kind != ErrorKind::not_found) return describe(made.error());
  }
  TaskRequest bare;
  bare.task = task;
  bare.length_tokens = 5000;
  return records(benchmark, bare) ? task + " without a tokenizer: no Error" : "";
}

std::string evidence_text(const Record& record, size_t evidence) {
  const ByteSpan& span = record.evidence.at(evidence);
  return record.prompt.substr(span.begin, span.end - span.begin);
}

std::string text_between(const std::string& text, const std::string& from, const std::string& to) {
  const size_t begin = text.find(from) + from.size();
  return text.substr(begin, text.find(to, begin) - begin);
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
