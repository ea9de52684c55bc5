#include "core/history/run_queries.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <mutex>

#include "core/history/failure_rows.h"
#include "core/history/judged_rows.h"
#include "core/history/migrations.h"
#include "core/history/run_list.h"
#include "core/history/sample_rows.h"
#include "core/history/score_rows.h"
#include "core/history/search_words.h"
#include "core/history/summary_rows.h"
#include "core/metrics/metric.h"

namespace loom {

// One connection; a lock lets pages and their worker threads share it.
class RunQueries::Reader {
 public:
  explicit Reader(std::unique_ptr<Database> opened) : database(std::move(opened)) {}
  std::unique_ptr<Database> database;
  std::mutex mutex;
};

RunQueries::RunQueries(std::unique_ptr<Reader> reader) : reader_(std::move(reader)) {}
RunQueries::~RunQueries() = default;

Result<std::unique_ptr<RunQueries>> RunQueries::open(const std::filesystem::path& store) {
  LOOM_TRY(auto database, Database::open(store, Database::Mode::query));
  LOOM_CHECK(check_version(*database));
  return std::unique_ptr<RunQueries>(new RunQueries(std::make_unique<Reader>(std::move(database))));
}

Result<size_t> RunQueries::count_runs(const RunFilter& filter) const {
  std::lock_guard lock(reader_->mutex);
  return count_run_rows(*reader_->database, filter);
}

Result<std::vector<RunRow>> RunQueries::runs(const RunFilter& filter, int64_t before_id,
                                             size_t limit) const {
  std::lock_guard lock(reader_->mutex);
  return read_run_rows(*reader_->database, filter, before_id, limit);
}

Result<std::vector<int64_t>> RunQueries::run_ids(const RunFilter& filter) const {
  std::lock_guard lock(reader_->mutex);
  return read_run_ids(*reader_->database, filter);
}

Result<std::vector<std::string>> RunQueries::tags() const {
  std::lock_guard lock(reader_->mutex);
  return read_tags(*reader_->database);
}

Result<RunRow> RunQueries::run(int64_t run) const {
  std::lock_guard lock(reader_->mutex);
  return read_run_row(*reader_->database, run);
}

Result<RunSummary> RunQueries::summary(int64_t run) const {
  std::lock_guard lock(reader_->mutex);
  return read_summary(*reader_->database, run);
}

Result<std::vector<JudgedJob>> RunQueries::judged(int64_t run) const {
  std::lock_guard lock(reader_->mutex);
  return read_judged(*reader_->database, run);
}

Result<Provenance> RunQueries::provenance(int64_t run) const {
  std::lock_guard lock(reader_->mutex);
  return read_provenance(*reader_->database, run);
}

Result<Sample> RunQueries::sample(int64_t sample_id) const {
  std::lock_guard lock(reader_->mutex);
  return read_sample(*reader_->database, sample_id);
}

Result<std::vector<FailureReason>> RunQueries::failures(int64_t run, size_t limit) const {
  std::lock_guard lock(reader_->mutex);
  return read_failures(*reader_->database, run, limit);
}

Result<std::vector<SampleScore>> RunQueries::scores(int64_t sample_id) const {
  std::lock_guard lock(reader_->mutex);
  return read_scores(*reader_->database, sample_id);
}

namespace {

// As SQL has numbers: with a point in every locale.
std::string sql_number(double value) {
  std::array<char, 32> digits{};
  return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr};
}

// Metrics whose scores are neither right nor wrong, as a list of SQL texts.
std::string measures() {
  std::string list;
  for (const Metric& metric : all_metrics())
    if (metric.lower_is_better) list += (list.empty() ? "'" : ",'") + std::string(metric.id) + "'";
  return list;
}

std::string sample_conditions(const SampleFilter& filter) {
  std::string sql;
  if (!filter.jobs.empty()) {
    std::string list;
    for (int job : filter.jobs) list += (list.empty() ? "" : ",") + std::to_string(job);
    sql += " AND s.job IN(" + list + ")";
  }
  if (filter.depths)
    sql += " AND s.depth>=" + sql_number(filter.depths->first) + " AND s.depth<" +
           sql_number(filter.depths->second);
  if (filter.only_wrong)
    sql +=
        " AND s.state=1 AND s.score IS NOT NULL AND s.score<1 AND NOT EXISTS(SELECT 1 FROM job w"
        " WHERE w.run=s.run AND w.idx=s.job AND json_extract(w.definition,'$.metric') IN(" +
        measures() + "))";
  if (filter.only_truncated) sql += " AND s.truncated=1";
  if (filter.only_failed) sql += " AND s.state=2";
  if (filter.only_unparsed) sql += " AND s.state=1 AND s.score IS NULL";
  if (filter.text.empty()) return sql;
  sql += " AND (p.text LIKE ?5 ESCAPE '\\' OR s.reference LIKE ?5 ESCAPE '\\'";
  if (!match_query(filter.text).empty())
    sql +=
        " OR s.id IN(SELECT rowid FROM rest_text WHERE rest_text MATCH ?4)"
        " OR s.document IN(SELECT rowid FROM document_text WHERE document_text MATCH ?4)";
  return sql + ")";
}

}  // namespace

Result<std::vector<SampleRow>> RunQueries::samples(int64_t run, const SampleFilter& filter,
                                                   int64_t after_id, size_t limit) const {
  std::lock_guard lock(reader_->mutex);
  Database& database = *reader_->database;
  LOOM_TRY(Statement row,
           database.query("SELECT s.id,s.job,s.idx,json_extract(j.definition,'$.task'),"
                          "s.first_words,json_extract(j.definition,'$.length_tokens'),"
                          "s.sent_tokens,s.state,s.truncated,s.score,"
                          "json_extract(j.definition,'$.metric') FROM sample s "
                          "JOIN job j ON j.run=s.run AND j.idx=s.job "
                          "LEFT JOIN prediction p ON p.sample=s.id WHERE s.run=?1 AND s.id>?2" +
                          sample_conditions(filter) + " ORDER BY s.id LIMIT ?3"));
  row.bind(1, run);
  row.bind(2, after_id);
  row.bind(3, limit);
  row.bind(4, match_query(filter.text));
  row.bind(5, like_pattern(filter.text));
  std::vector<SampleRow> rows;
  for (;;) {
    LOOM_TRY(bool more, row.step());
    if (!more) return rows;
    rows.push_back({row.integer(0), static_cast<int>(row.integer(1)),
                    static_cast<int>(row.integer(2)), row.text(3), row.text(4), row.size(5),
                    row.size(6),
                    static_cast<SampleState>(std::clamp<int64_t>(row.integer(7), 0, 3)),
                    row.integer(8) != 0, row.optional_real(9), lower_is_better(row.text(10))});
  }
}

Result<std::vector<int64_t>> RunQueries::sample_ids(int64_t run, const SampleFilter& filter) const {
  std::lock_guard lock(reader_->mutex);
  LOOM_TRY(Statement row, reader_->database->query(
                              "SELECT s.id FROM sample s LEFT JOIN prediction p ON p.sample=s.id "
                              "WHERE s.run=?1" +
                              sample_conditions(filter) + " ORDER BY s.id"));
  row.bind(1, run);
  row.bind(4, match_query(filter.text));
  row.bind(5, like_pattern(filter.text));
  std::vector<int64_t> ids;
  for (;;) {
    LOOM_TRY(bool more, row.step());
    if (!more) return ids;
    ids.push_back(row.integer(0));
  }
}

Result<std::vector<PairedSample>> RunQueries::paired(int64_t run_a, int64_t run_b) const {
  std::lock_guard lock(reader_->mutex);
  LOOM_TRY(Statement row,
           reader_->database->query(
               "SELECT json_extract(ja.definition,'$.benchmark_id') AS benchmark,"
               "json_extract(ja.definition,'$.task') AS task,a.record,"
               "json_extract(ja.definition,'$.length_tokens') AS length,a.job,b.job,a.id,b.id,"
               "a.score,b.score "
               "FROM sample a JOIN job ja ON ja.run=a.run AND ja.idx=a.job "
               "JOIN job jb ON jb.run=?2 "
               "AND json_extract(jb.definition,'$.benchmark_id')="
               "json_extract(ja.definition,'$.benchmark_id') "
               "AND json_extract(jb.definition,'$.task')=json_extract(ja.definition,'$.task') "
               "AND json_extract(jb.definition,'$.length_tokens')="
               "json_extract(ja.definition,'$.length_tokens') "
               "JOIN sample b ON b.run=jb.run AND b.job=jb.idx AND b.idx=a.idx "
               "AND b.record=a.record AND b.reference=a.reference "
               "WHERE a.run=?1 AND a.state=1 AND b.state=1 ORDER BY a.id,b.id",
               run_a, run_b));
  std::vector<PairedSample> pairs;
  for (;;) {
    LOOM_TRY(bool more, row.step());
    if (!more) return pairs;
    pairs.push_back({row.text(0), row.text(1), row.text(2), row.size(3),
                     static_cast<int>(row.integer(4)), static_cast<int>(row.integer(5)),
                     row.integer(6), row.integer(7), row.optional_real(8), row.optional_real(9)});
  }
}

Result<std::vector<RunQueries::Point>> RunQueries::points(int64_t run) const {
  std::lock_guard lock(reader_->mutex);
  LOOM_TRY(Statement row,
           reader_->database->query(
               "SELECT s.job,s.id,json_extract(j.definition,'$.length_tokens'),s.depth,s.score,"
               "s.truncated,s.state=2 FROM sample s JOIN job j ON j.run=s.run AND j.idx=s.job "
               "WHERE s.run=? AND s.state IN (1,2) ORDER BY s.job,s.idx",
               run));
  std::vector<Point> points;
  for (;;) {
    LOOM_TRY(bool more, row.step());
    if (!more) return points;
    points.push_back({static_cast<int>(row.integer(0)), row.integer(1), row.size(2),
                      row.optional_real(3), row.optional_real(4), row.integer(5) != 0,
                      row.integer(6) != 0});
  }
}

}  // namespace loom
