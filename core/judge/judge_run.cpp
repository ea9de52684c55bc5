#include "core/judge/judge_run.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/base/for_each_index.h"
#include "core/base/hash.h"
#include "core/catalog/rule_sets.h"
#include "core/judge/task_rubric.h"

namespace loom {
namespace {

constexpr size_t kPage = 500;
constexpr size_t kMostName = 80;
// A judge that can be asked nothing from the start is not asked for every sample.
constexpr size_t kHopeless = 3;

// What one job's answers are judged by.
struct JobRubric {
  const Rubric* rubric = nullptr;    // one for all tasks,
  const TaskRubric* task = nullptr;  // or the task's own; neither: is not judged
  std::string metric;
  int version = 0;
};

JobRubric rubric_of(const Job& job, const Rubric* rubric, const JudgeModel& model) {
  if (rubric) return {rubric, nullptr, judge_metric(rubric->id, model), rubric->version};
  const TaskRubric* task = task_rubric(job.benchmark_id, job.task);
  if (!task) return {};
  return {nullptr, task, judge_metric(task->id, model), task->version};
}

Result<std::vector<SampleRow>> rows_to_judge(const RunQueries& queries, const JudgeRequest& request,
                                             const std::vector<JobRubric>& rubrics) {
  std::vector<SampleRow> chosen;
  std::map<int, size_t> per_job;
  for (int64_t after = 0;;) {
    LOOM_TRY(const auto rows, queries.samples(request.run, {}, after, kPage));
    if (rows.empty()) return chosen;
    after = rows.back().id;
    for (const SampleRow& row : rows) {
      if (row.state != SampleState::done) continue;
      if (rubrics.at(static_cast<size_t>(row.job)).metric.empty()) continue;
      if (request.limit > 0 && per_job[row.job]++ >= request.limit) continue;
      chosen.push_back(row);
    }
  }
}

SampleScore score_of(const JudgedSample& judged, const JudgeModel& model) {
  SampleScore score{judged.metric,         judged.metric_version, judged.verdict.value,
                    judged.verdict.parsed, judged.verdict.rule,   judged.verdict.parts};
  score.parts["judge"] = model.name();
  score.parts["judge_identity"] = sha256(model.identity()).substr(0, 16);
  score.parts["prompt_version"] = judged.metric_version;
  return score;
}

struct Question {
  SampleRow row;
  const Job* job = nullptr;
  Sample sample;
  size_t thought_bytes = 0;  // taken out of the answer
  Result<Verdict> verdict = Error{ErrorKind::internal, "was not asked", "judge", ""};
};

class RunJudging {
 public:
  RunJudging(Judge& judge, const JudgeRequest& request, const RunQueries& queries, RunStore& store)
      : judge_(judge), request_(request), queries_(queries), store_(store) {}

  Result<JudgedRun> run(std::stop_token stop);

 private:
  Status judge_some(std::span<const SampleRow> rows, const RunSummary& summary,
                    std::stop_token stop);
  Result<Verdict> verdict_on(Question& question, std::stop_token stop);
  const JobRubric& rubric_for(int job) const { return rubrics_.at(static_cast<size_t>(job)); }
  Status take_for_scores();
  // An Error ends the run; a question that cannot be asked is a record.
  Status keep(Question& question);
  bool hopeless() const {
    return judged_.samples.size() >= kHopeless && progress_.failed == judged_.samples.size();
  }

  Judge& judge_;
  const JudgeRequest& request_;
  const RunQueries& queries_;
  RunStore& store_;
  std::vector<JobRubric> rubrics_;  // by job
  std::string rule_set_;
  JudgedRun judged_;
  JudgeProgress progress_;
};

Status RunJudging::keep(Question& question) {
  const SampleRow& row = question.row;
  const Job& job = *question.job;
  const JobRubric& by = rubric_for(row.job);
  JudgedSample judged{row.id,
                      row.job,
                      row.index,
                      job.benchmark_id,
                      job.task,
                      question.sample.record_id,
                      row.truncated,
                      by.metric,
                      by.version,
                      {},
                      {}};
  if (question.verdict) {
    judged.verdict = std::move(*question.verdict);
    note_thought(judged.verdict, question.thought_bytes);
    LOOM_CHECK(
        store_.put_judgement(request_.run, row.job, row.index, score_of(judged, judge_.model())));
    progress_.unparsed += !judged.verdict.value;
  } else if (question.verdict.error().kind == ErrorKind::invalid_input) {
    judged.error = question.verdict.error();
    ++progress_.failed;
  } else {
    return question.verdict.error();
  }
  judged_.samples.push_back(std::move(judged));
  if (hopeless()) return *judged_.samples.back().error;
  return {};
}

Result<Verdict> RunJudging::verdict_on(Question& question, std::stop_token stop) {
  question.thought_bytes = leave_thought_aside(question.sample);
  const JobRubric& by = rubric_for(question.row.job);
  if (by.task) return by.task->judge(judge_, question.sample, stop);
  return judge_.ask(*by.rubric, judge_case(question.sample, question.job->metric), stop);
}

Status RunJudging::take_for_scores() {
  std::set<int> jobs;
  for (const JudgedSample& sample : judged_.samples)
    if (const JobRubric& by = rubric_for(sample.job); by.task && by.task->is_the_score)
      jobs.insert(sample.job);
  for (const int job : jobs)
    LOOM_CHECK(
        store_.take_judgements(request_.run, job, rubric_for(job).metric, rubric_for(job).version));
  return {};
}

// What was answered before one of them ended the judging is kept.
Status RunJudging::judge_some(std::span<const SampleRow> rows, const RunSummary& summary,
                              std::stop_token stop) {
  std::vector<Question> questions;
  for (const SampleRow& row : rows) {
    LOOM_TRY(Sample sample, queries_.sample(row.id));
    const Job& job = summary.jobs.at(static_cast<size_t>(row.job)).job;
    if (request_.rubric && request_.rubric->needs_reference && sample.references.empty()) {
      ++judged_.without_reference;
    } else {
      if (rule_set_ != kOfficialRules) sample.metadata[kJudgedRules] = rule_set_;
      questions.push_back({row, &job, std::move(sample)});
    }
  }
  for_each_index(questions.size(), judge_.model().parallel(), {},
                 [&](size_t i) { questions[i].verdict = verdict_on(questions[i], stop); });
  Status ended;
  for (Question& question : questions)
    if (Status kept = keep(question); !kept && ended) ended = kept;
  progress_.done += rows.size();
  return ended;
}

Result<JudgedRun> RunJudging::run(std::stop_token stop) {
  LOOM_TRY(const RunSummary summary, queries_.summary(request_.run));
  LOOM_TRY(const EvaluationPlan plan, store_.plan(request_.run));
  rule_set_ = plan.rule_set;
  for (const JobSummary& job : summary.jobs)
    rubrics_.push_back(rubric_of(job.job, request_.rubric, judge_.model()));
  LOOM_TRY(const auto rows, rows_to_judge(queries_, request_, rubrics_));
  progress_.planned = rows.size();
  const size_t step = std::max<size_t>(judge_.model().parallel(), 1);
  for (size_t from = 0; from < rows.size(); from += step) {
    const std::span<const SampleRow> some(&rows[from], std::min(step, rows.size() - from));
    if (const Status status = judge_some(some, summary, stop); !status) {
      judged_.ended_by = status.error();
      break;
    }
    request_.progress(progress_);
  }
  LOOM_CHECK(take_for_scores());
  return std::move(judged_);
}

}  // namespace

std::string judge_metric(const std::string& rubric, const JudgeModel& model) {
  return kJudgeMetric + rubric + ':' + model.name().substr(0, kMostName);
}

bool has_task_rubrics(const RunSummary& run) {
  return std::any_of(run.jobs.begin(), run.jobs.end(), [](const JobSummary& job) {
    return task_rubric(job.job.benchmark_id, job.job.task) != nullptr;
  });
}

size_t expected_questions(const JudgeRequest& request, const RunSummary& run) {
  double questions = 0;
  for (const JobSummary& job : run.jobs) {
    const TaskRubric* task = task_rubric(job.job.benchmark_id, job.job.task);
    if (!request.rubric && !task) continue;
    const size_t answers = request.limit > 0 ? std::min(request.limit, job.planned) : job.planned;
    questions += static_cast<double>(answers) * (request.rubric ? 1 : task->questions);
  }
  return static_cast<size_t>(questions + 0.5);
}

Result<JudgedRun> judge_run(Judge& judge, const JudgeRequest& request, const RunQueries& queries,
                            RunStore& store, std::stop_token stop) {
  return RunJudging(judge, request, queries, store).run(stop);
}

}  // namespace loom
