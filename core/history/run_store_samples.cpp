// Samples of a run: what is written as each finishes, and what resuming and later runs take of
// them.
#include "core/history/failure_rows.h"
#include "core/history/run_rows.h"
#include "core/history/run_store_writer.h"
#include "core/history/sample_rows.h"
#include "core/history/score_rows.h"

namespace loom {
namespace {

Result<int64_t> sample_id(Database& database, int64_t run, int job, int index) {
  LOOM_TRY(int64_t id, database.number("SELECT id FROM sample WHERE run=? AND job=? AND idx=?", run,
                                       job, index));
  if (id == 0)
    return Error{ErrorKind::not_found, "there is no such sample", "run " + std::to_string(run), ""};
  return id;
}

using Indices = std::vector<std::vector<int>>;

// Of the samples in one of two states, by job.
Result<Indices> indices(Database& database, int64_t run, size_t jobs, SampleState one,
                        SampleState other) {
  Indices found(jobs);
  LOOM_TRY(Statement row, database.query("SELECT job,idx FROM sample WHERE run=? AND state IN(?,?)",
                                         run, static_cast<int>(one), static_cast<int>(other)));
  for (;;) {
    LOOM_TRY(bool more, row.step());
    if (!more) return found;
    auto job = static_cast<size_t>(row.integer(0));
    if (job < jobs) found[job].push_back(static_cast<int>(row.integer(1)));
  }
}

}  // namespace

Status RunStore::put_sample(int64_t run, const Sample& sample) {
  return writer_->thread.run(
      [&](Database& database) { return write_sample(database, run, sample, writer_->last); });
}

Status RunStore::put_score(int64_t run, int job, int index, const SampleScore& score) {
  return writer_->thread.run([&](Database& database) -> Status {
    LOOM_TRY(int64_t id, sample_id(database, run, job, index));
    return write_score(database, id, score);
  });
}

Result<std::optional<GenerationResult>> RunStore::remembered_answer(
    const std::string& identity) const {
  using Answer = std::optional<GenerationResult>;
  return writer_->thread.value<Answer>([&](Database& database) -> Result<Answer> {
    LOOM_TRY(int64_t sample, database.number("SELECT s.id FROM sample s JOIN run r ON r.id=s.run "
                                             "WHERE s.identity=? AND s.state=? AND r.imported=0 "
                                             "ORDER BY s.id DESC LIMIT 1",
                                             identity, static_cast<int>(SampleState::done)));
    if (sample == 0) return Answer();
    LOOM_TRY(Answer answer, read_result(database, sample));
    if (answer) answer->remembered = true;
    return answer;
  });
}

Result<std::vector<RunStore::AnswerLength>> RunStore::answer_lengths(
    const std::string& weights_hash) const {
  using Lengths = std::vector<AnswerLength>;
  return writer_->thread.value<Lengths>([&](Database& database) -> Result<Lengths> {
    LOOM_TRY(Statement row,
             database.query("SELECT json_extract(j.definition,'$.benchmark_id') AS benchmark,"
                            "json_extract(j.definition,'$.task') AS task,avg(p.tokens_generated) "
                            "FROM model m JOIN job j ON j.run=m.run "
                            "AND json_extract(j.definition,'$.model')=m.idx "
                            "JOIN sample s ON s.run=j.run AND s.job=j.idx "
                            "JOIN prediction p ON p.sample=s.id "
                            "WHERE json_extract(m.description,'$.weights_hash')=? "
                            "GROUP BY benchmark,task",
                            weights_hash));
    Lengths lengths;
    for (;;) {
      LOOM_TRY(bool more, row.step());
      if (!more) return lengths;
      lengths.push_back({row.text(0), row.text(1), row.real(2)});
    }
  });
}

Status RunStore::put_judgement(int64_t run, int job, int index, const SampleScore& score) {
  return writer_->thread.run([&](Database& database) -> Status {
    LOOM_TRY(int64_t id, sample_id(database, run, job, index));
    return write_judgement(database, id, score);
  });
}

Result<std::vector<std::vector<int>>> RunStore::finished_samples(int64_t run, size_t jobs) const {
  return writer_->thread.value<Indices>([&](Database& database) {
    return indices(database, run, jobs, SampleState::done, SampleState::failed);
  });
}

Result<std::vector<std::vector<int>>> RunStore::answered_samples(int64_t run, size_t jobs) const {
  return writer_->thread.value<Indices>([&](Database& database) {
    return indices(database, run, jobs, SampleState::done, SampleState::done);
  });
}

Result<size_t> RunStore::failed_samples(int64_t run) const {
  return writer_->thread.value<size_t>([&](Database& database) -> Result<size_t> {
    LOOM_TRY(int64_t failed, database.number("SELECT samples_failed FROM run WHERE id=?", run));
    return static_cast<size_t>(failed);
  });
}

Status RunStore::record_failures(int64_t run) {
  constexpr size_t most = 10;  // reasons
  return writer_->thread.run([&](Database& database) -> Status {
    LOOM_TRY(auto failures, read_failures(database, run, most));
    for (const FailureReason& failure : failures)
      LOOM_CHECK(
          insert_event(database, run, "asked again",
                       std::to_string(failure.samples) +
                           (failure.samples == 1 ? " sample failed: " : " samples failed: ") +
                           describe(failure.reason)));
    return {};
  });
}

}  // namespace loom
