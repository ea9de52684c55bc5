#include "core/history/score_rows.h"

#include "core/base/bounded_json.h"
#include "core/base/json_text.h"

namespace loom {
namespace {

SampleScore score_from(const Statement& row) {
  return {row.text(0), static_cast<int>(row.integer(1)), row.optional_real(2), row.text(3),
          row.text(4), parse_bounded(row.text(5))};
}

Status insert_score(Database& database, int64_t id, const SampleScore& score) {
  return database.run("INSERT OR REPLACE INTO score VALUES(?,?,?,?,?,?,?)", id, score.metric,
                      score.metric_version, score.value, score.parsed, score.rule,
                      json_text(score.parts));
}

// The verdict of the judge whose scores stand for the task's, where there is one.
Result<std::optional<SampleScore>> read_standing_verdict(Database& database, int64_t id) {
  LOOM_TRY(
      Statement row,
      database.query("SELECT c.metric,c.version,c.value,c.parsed,c.rule,c.parts FROM score c "
                     "JOIN sample s ON s.id=c.sample JOIN job j ON j.run=s.run AND j.idx=s.job "
                     "WHERE c.sample=? AND c.metric=json_extract(j.definition,'$.judged.metric') "
                     "AND c.version=json_extract(j.definition,'$.judged.version')",
                     id));
  LOOM_TRY(bool found, row.step());
  return found ? std::optional(score_from(row)) : std::nullopt;
}

}  // namespace

Status write_score(Database& database, int64_t id, const SampleScore& score) {
  LOOM_CHECK(insert_score(database, id, score));
  return database.run("UPDATE sample SET score=? WHERE id=?", score.value, id);
}

Status write_judgement(Database& database, int64_t id, const SampleScore& score) {
  if (!score.metric.starts_with(kJudgeMetric))
    return Error{ErrorKind::internal, "is not a metric of a judge", score.metric, ""};
  return insert_score(database, id, score);
}

Result<std::vector<SampleScore>> read_scores(Database& database, int64_t id) {
  LOOM_TRY(Statement row, database.query("SELECT metric,version,value,parsed,rule,parts FROM score "
                                         "WHERE sample=? ORDER BY metric,version",
                                         id));
  std::vector<SampleScore> scores;
  for (;;) {
    LOOM_TRY(bool more, row.step());
    if (!more) return scores;
    scores.push_back(score_from(row));
  }
}

Result<std::optional<SampleScore>> read_standing_score(Database& database, int64_t id) {
  LOOM_TRY(auto verdict, read_standing_verdict(database, id));
  if (verdict) return verdict;
  LOOM_TRY(Statement row, database.query("SELECT metric,version,value,parsed,rule,parts FROM score "
                                         "WHERE sample=? AND substr(metric,1,length(?))<>? "
                                         "ORDER BY version DESC LIMIT 1",
                                         id, kJudgeMetric, kJudgeMetric));
  LOOM_TRY(bool found, row.step());
  return found ? std::optional(score_from(row)) : std::nullopt;
}

}  // namespace loom
