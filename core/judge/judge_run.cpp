#include "core/judge/judge_run.h"

#include <map>

#include "core/base/hash.h"

namespace loom {
namespace {

constexpr size_t kPage = 500;
constexpr size_t kMostName = 80;
// A judge that can be asked nothing from the start is not asked for every sample.
constexpr size_t kHopeless = 3;

Result<std::vector<SampleRow>> rows_to_judge(const RunQueries& queries,
                                             const JudgeRequest& request) {
  std::vector<SampleRow> chosen;
  std::map<int, size_t> per_job;
  for (int64_t after = 0;;) {
    LOOM_TRY(const auto rows, queries.samples(request.run, {}, after, kPage));
    if (rows.empty()) return chosen;
    after = rows.back().id;
    for (const SampleRow& row : rows) {
      if (row.state != SampleState::done) continue;
      if (request.limit > 0 && per_job[row.job]++ >= request.limit) continue;
      chosen.push_back(row);
    }
  }
}

SampleScore score_of(const JudgedSample& judged, const Rubric& rubric, const JudgeModel& model) {
  SampleScore score{judge_metric(rubric, model), rubric.version,      judged.verdict.value,
                    judged.verdict.parsed,       judged.verdict.rule, judged.verdict.parts};
  score.parts["judge"] = model.name();
  score.parts["judge_identity"] = sha256(model.identity()).substr(0, 16);
  score.parts["prompt_version"] = rubric.version;
  return score;
}

class RunJudging {
 public:
  RunJudging(Judge& judge, const JudgeRequest& request, const RunQueries& queries, RunStore& store)
      : judge_(judge), request_(request), queries_(queries), store_(store) {}

  Result<JudgedRun> run(std::stop_token stop);

 private:
  // An Error ends the run; a question that cannot be asked is a record.
  Status judge_one(const SampleRow& row, const Job& job, std::stop_token stop);
  bool hopeless() const {
    return judged_.samples.size() >= kHopeless && progress_.failed == judged_.samples.size();
  }

  Judge& judge_;
  const JudgeRequest& request_;
  const RunQueries& queries_;
  RunStore& store_;
  JudgedRun judged_;
  JudgeProgress progress_;
};

Status RunJudging::judge_one(const SampleRow& row, const Job& job, std::stop_token stop) {
  LOOM_TRY(const Sample sample, queries_.sample(row.id));
  if (request_.rubric->needs_reference && sample.references.empty()) {
    ++judged_.without_reference;
    return {};
  }
  JudgedSample judged{row.id,           row.job,  row.index,
                      job.benchmark_id, job.task, sample.record_id,
                      row.truncated,    {},       {}};
  auto verdict = judge_.ask(*request_.rubric, judge_case(sample, job.metric), stop);
  if (verdict) {
    judged.verdict = std::move(*verdict);
    LOOM_CHECK(store_.put_judgement(request_.run, row.job, row.index,
                                    score_of(judged, *request_.rubric, judge_.model())));
    progress_.unparsed += !judged.verdict.value;
  } else if (verdict.error().kind == ErrorKind::invalid_input) {
    judged.error = verdict.error();
    ++progress_.failed;
  } else {
    return verdict.error();
  }
  judged_.samples.push_back(std::move(judged));
  return {};
}

Result<JudgedRun> RunJudging::run(std::stop_token stop) {
  LOOM_TRY(const RunSummary summary, queries_.summary(request_.run));
  LOOM_TRY(const auto rows, rows_to_judge(queries_, request_));
  progress_.planned = rows.size();
  for (const SampleRow& row : rows) {
    const Job& job = summary.jobs.at(static_cast<size_t>(row.job)).job;
    const Status status = judge_one(row, job, stop);
    if (!status) {
      judged_.ended_by = status.error();
      break;
    }
    if (hopeless()) {
      judged_.ended_by = judged_.samples.back().error;
      break;
    }
    ++progress_.done;
    request_.progress(progress_);
  }
  return std::move(judged_);
}

}  // namespace

std::string judge_metric(const Rubric& rubric, const JudgeModel& model) {
  return kJudgeMetric + std::string(rubric.id) + ':' + model.name().substr(0, kMostName);
}

Result<JudgedRun> judge_run(Judge& judge, const JudgeRequest& request, const RunQueries& queries,
                            RunStore& store, std::stop_token stop) {
  return RunJudging(judge, request, queries, store).run(stop);
}

}  // namespace loom
