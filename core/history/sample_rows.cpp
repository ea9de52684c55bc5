#include "core/history/sample_rows.h"

#include <algorithm>
#include <cstring>

#include "core/base/bounded_json.h"
#include "core/base/error_json.h"
#include "core/base/json_text.h"
#include "core/history/compressed_text.h"
#include "core/history/score_rows.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr size_t kFirstWords = 120;

json spans_json(const std::vector<ByteSpan>& spans) {
  json list = json::array();
  for (const ByteSpan& span : spans) list.push_back({span.begin, span.end});
  return list;
}

// One line that tells this sample from its neighbours: the answer, or why there is none.
std::string first_words(const Sample& sample) {
  std::string words = sample.error ? sample.error->message : sample.result.text;
  words = words.substr(0, kFirstWords);
  words.resize(words.size() - incomplete_tail(words));
  std::replace_if(
      words.begin(), words.end(), [](unsigned char c) { return c < 0x20; }, ' ');
  return words.substr(std::min(words.find_first_not_of(' '), words.size()));
}

Status make_room(Database& database, int64_t run, const Sample& sample) {
  LOOM_TRY(Statement row,
           database.query("SELECT id,state FROM sample WHERE run=? AND job=? AND idx=?", run,
                          sample.job, sample.index));
  LOOM_TRY(bool exists, row.step());
  if (!exists) return {};
  auto state = static_cast<SampleState>(row.integer(1));
  if (state == SampleState::done)
    return Error{ErrorKind::conflict, "this sample is stored already",
                 "run " + std::to_string(run) + ", job " + std::to_string(sample.job) +
                     ", sample " + std::to_string(sample.index),
                 "Another program works on the same run; let only one of them go on"};
  LOOM_CHECK(database.run("DELETE FROM sample WHERE id=?", row.integer(0)));
  if (state == SampleState::failed)
    return database.run(
        "UPDATE run SET samples_done=samples_done-1,samples_failed=samples_failed-1 WHERE id=?",
        run);
  return {};
}

Status insert_sample(Database& database, int64_t run, const Sample& sample,
                     const StoredPrompt& prompt) {
  const Truncation& cut = sample.prompt.truncation;
  std::optional<double> depth;
  if (auto found = sample.metadata.find("depth");
      found != sample.metadata.end() && found->is_number())
    depth = found->get<double>();
  std::string error = sample.error ? json_text(error_json(*sample.error)) : "";
  LOOM_CHECK(database.run(
      "INSERT INTO sample(run,job,idx,record,identity,state,document,document_bytes,rest,"
      "context_end,prompt_tokens,truncated,intended_tokens,sent_tokens,cut_begin,cut_end,"
      "evidence_lost,evidence,reference,metadata,depth,error,first_words) "
      "VALUES(?,?,?,?,?,?,nullif(?,0),?,?,?,?,?,?,?,?,?,?,?,?,?,?,nullif(?,''),?)",
      run, sample.job, sample.index, sample.record_id, sample.identity,
      static_cast<int>(sample.state), prompt.document, prompt.document_bytes,
      Blob{compress_text(prompt.rest)}, sample.prompt.context_end, sample.prompt.ids.size(),
      cut.cut, cut.intended_tokens, cut.sent_tokens, cut.cut_begin, cut.cut_end, cut.evidence_lost,
      json_text(spans_json(sample.prompt.evidence)), json_text(sample.references),
      json_text(sample.metadata), depth, error, first_words(sample)));
  return {};
}

Status insert_result(Database& database, int64_t id, const GenerationResult& result) {
  std::string_view ids(reinterpret_cast<const char*>(result.ids.data()),
                       result.ids.size() * sizeof(TokenId));
  LOOM_CHECK(database.run("INSERT INTO prediction VALUES(?,?,?,?,?,?,?,?,?,?)", id, result.text,
                          Blob{ids}, to_string(result.finish_reason), result.tokens_prefilled,
                          result.tokens_reused, result.ids.size(), result.peak_memory_bytes,
                          result.attempt, result.remembered));
  const Timings& times = result.timings;
  return database.run("INSERT INTO timing VALUES(?,?,?,?,?)", id, times.tokenise_s,
                      times.prefill_new_s, times.prefill_reused_s, times.decode_s);
}

Error unreadable(const Sample& sample, const std::string& what) {
  return {ErrorKind::corrupt, what + " cannot be read",
          "sample " + std::to_string(sample.index) + " of job " + std::to_string(sample.job),
          "Import the run again from where it came"};
}

Status read_json_columns(Sample& sample, const Statement& row) {
  const json evidence = parse_bounded(row.text(14)), references = parse_bounded(row.text(15));
  sample.metadata = parse_bounded(row.text(16));
  if (!sample.metadata.is_object() && !sample.metadata.is_null())
    return unreadable(sample, "what is known of the record");
  const char* what = "the evidence";
  try {
    for (const json& span : evidence) {
      if (!span.at(0).is_number_unsigned() || !span.at(1).is_number_unsigned())
        return unreadable(sample, what);
      sample.prompt.evidence.push_back({span.at(0).get<size_t>(), span.at(1).get<size_t>()});
    }
    what = "the references";
    sample.references = references.get<std::vector<std::string>>();
    what = "the error";
    if (!row.is_null(17)) sample.error = error_from_json(json::parse(row.text(17)));
  } catch (const json::exception&) {
    return unreadable(sample, what);
  }
  return {};
}

constexpr const char* kSampleQuery =
    "SELECT job,idx,record,identity,state,document,document_bytes,rest,context_end,truncated,"
    "intended_tokens,sent_tokens,cut_begin,cut_end,evidence,reference,metadata,error,evidence_lost "
    "FROM sample WHERE id=?";

}  // namespace

Result<std::optional<GenerationResult>> read_result(Database& database, int64_t id) {
  LOOM_TRY(Statement row,
           database.query("SELECT text,ids,finish_reason,tokens_prefilled,tokens_reused,"
                          "peak_memory_bytes,attempt,tokenise_s,prefill_new_s,prefill_reused_s,"
                          "decode_s,remembered FROM prediction JOIN timing USING(sample) "
                          "WHERE sample=?",
                          id));
  LOOM_TRY(bool found, row.step());
  if (!found) return std::optional<GenerationResult>();
  GenerationResult result;
  result.text = row.text(0);
  std::string ids = row.blob(1);
  result.ids.resize(ids.size() / sizeof(TokenId));
  if (!result.ids.empty())
    std::memcpy(result.ids.data(), ids.data(), result.ids.size() * sizeof(TokenId));
  LOOM_TRY(result.finish_reason, finish_reason_from(row.text(2)));
  result.tokens_prefilled = row.size(3);
  result.tokens_reused = row.size(4);
  result.peak_memory_bytes = row.size(5);
  result.attempt = static_cast<int>(row.integer(6));
  result.timings = {row.real(7), row.real(8), row.real(9), row.real(10)};
  result.remembered = row.integer(11) != 0;
  return std::optional(std::move(result));
}

Status write_sample(Database& database, int64_t run, const Sample& sample, SharedDocument& last) {
  LOOM_CHECK(make_room(database, run, sample));
  LOOM_TRY(StoredPrompt prompt, store_prompt(database, sample.prompt.text, last));
  LOOM_CHECK(insert_sample(database, run, sample, prompt));
  int64_t id = database.last_id();
  LOOM_CHECK(index_rest(database, id, prompt.rest));
  if (sample.state == SampleState::done) LOOM_CHECK(insert_result(database, id, sample.result));
  if (sample.score) LOOM_CHECK(write_score(database, id, *sample.score));
  if (sample.state == SampleState::cancelled) return {};
  return database.run(
      "UPDATE run SET samples_done=samples_done+1,samples_failed=samples_failed+? "
      "WHERE id=?",
      sample.state == SampleState::failed, run);
}

Result<Sample> read_sample(Database& database, int64_t id) {
  LOOM_TRY(Statement row, database.query(kSampleQuery, id));
  LOOM_TRY(bool found, row.step());
  if (!found) return Error{ErrorKind::not_found, "there is no such sample", std::to_string(id), ""};
  Sample sample;
  sample.id = id;
  sample.job = static_cast<int>(row.integer(0));
  sample.index = static_cast<int>(row.integer(1));
  sample.record_id = row.text(2);
  sample.identity = row.text(3);
  sample.state = static_cast<SampleState>(std::clamp<int64_t>(row.integer(4), 0, 3));
  LOOM_TRY(sample.prompt.text, load_prompt(database, row.integer(5), row.size(6), row.blob(7)));
  sample.prompt.context_end = row.size(8);
  sample.prompt.truncation = {row.integer(9) != 0, row.size(10), row.size(11),
                              row.size(12),        row.size(13), row.integer(18) != 0};
  LOOM_CHECK(read_json_columns(sample, row));
  LOOM_TRY(auto result, read_result(database, id));
  if (result) sample.result = std::move(*result);
  LOOM_TRY(sample.score, read_standing_score(database, id));
  sample.prompt.tokenise_s = sample.result.timings.tokenise_s;
  return sample;
}

Status check_sample(Database& database, int64_t id) {
  LOOM_TRY(Statement row, database.query(kSampleQuery, id));
  LOOM_TRY(bool found, row.step());
  if (!found) return Error{ErrorKind::not_found, "there is no such sample", std::to_string(id), ""};
  Sample sample;
  sample.job = static_cast<int>(row.integer(0));
  sample.index = static_cast<int>(row.integer(1));
  LOOM_CHECK(read_json_columns(sample, row));
  if (auto result = read_result(database, id); !result) return unreadable(sample, "the answer");
  LOOM_TRY(const std::vector<SampleScore> scores, read_scores(database, id));
  for (const SampleScore& score : scores)
    if (score.parts.is_discarded()) return unreadable(sample, "the parts of a score");
  return {};
}

}  // namespace loom
