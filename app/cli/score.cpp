// Scores predictions made elsewhere, or the stored answers of a run again.
#include <algorithm>
#include <iomanip>
#include <iostream>

#include "app/cli/score_metric.h"
#include "app/cli/session.h"
#include "app/cli/verbs.h"
#include "core/evaluation/mean_rules.h"
#include "core/evaluation/missing_samples.h"
#include "core/evaluation/summary_json.h"
#include "core/export/run_export.h"
#include "core/predictions/score_predictions.h"
#include "core/statistics/decimal.h"

namespace loom::cli {
namespace {

nlohmann::json samples_json(const PredictionSet& set, const PredictionScores& scores) {
  nlohmann::json samples = nlohmann::json::array();
  for (size_t i = 0; i < set.answers.size(); ++i) {
    const SampleScore& score = scores.scores[i];
    samples.push_back(
        {{"id", set.answers[i].id},
         {"prediction", set.answers[i].text},
         {"parsed", score.parsed},
         {"rule", score.rule},
         {"reference", set.answers[i].references},
         {"score", score.value ? nlohmann::json(*score.value * 100) : nlohmann::json()}});
  }
  return samples;
}

nlohmann::json task_json(const PredictionSet& set, const PredictionScores& scores,
                         bool with_samples) {
  const JobSummary& summary = scores.summary;
  nlohmann::json json = {
      {"benchmark", set.benchmark.empty() ? nlohmann::json() : nlohmann::json(set.benchmark)},
      {"task", set.task},
      {"metric", scores.metric},
      {"metric_version", scores.metric_version},
      {"unparsed", summary.unparsed},
      {"score_missing_wrong", or_null(score_with_missing_wrong(summary))},
      {"fewer_than_official", summary.fewer_than_official},
      {"lower_is_better", summary.lower_is_better},
      {"scale", 100},
      {"parts", scores.parts},
      {"files", set.files}};
  json.update(score_json(summary));
  if (!scores.metric_parameters.is_null()) json["metric_parameters"] = scores.metric_parameters;
  if (with_samples) json["samples"] = samples_json(set, scores);
  return json;
}

nlohmann::json averages_json(const RunSummary& summary, const std::string& rules) {
  const RunColumn& column = summary.columns.front();
  nlohmann::json benchmarks = nlohmann::json::object();
  nlohmann::json weighted = nlohmann::json::object(), means = nlohmann::json::object();
  for (const GroupScore& benchmark : column.benchmarks) {
    if (benchmark.key.empty()) continue;  // files that answer no known task
    benchmarks[benchmark.key] = or_null(benchmark.score);
    weighted[benchmark.key] = or_null(weighted_score(summary.jobs, column, benchmark.key));
  }
  for (MeanRule rule : kMeanRules)
    means[to_string(rule)] = or_null(mean_by(rule, summary.jobs, column));
  return {{"benchmarks", benchmarks},
          {"weighted_by_samples", weighted},
          {"means", means},
          {"mean_rule", to_string(default_mean_rule(rules))}};
}

void print_number(std::optional<double> value) {
  if (value) {
    std::cout << std::fixed << std::setprecision(2) << std::setw(8) << as_printed(*value, 2);
  } else {
    std::cout << "       -";
  }
}

std::string task_title(const Job& job) {
  return job.benchmark_id.empty() ? job.task : job.benchmark_id + "/" + job.task;
}

// What a reader of the score has to know: ", 2 unparsed (as wrong 37.50), fewer samples than ...".
std::string notes(const JobSummary& summary) {
  std::string words = missing_words(summary);
  if (!words.empty()) words = ", " + words;
  return summary.fewer_than_official ? words + ", fewer samples than the official number" : words;
}

void print_table(const std::vector<PredictionScores>& all, const RunSummary& summary,
                 const std::string& rules) {
  std::cout << "   score     low    high       n  task\n";
  for (const PredictionScores& scores : all) {
    print_number(scores.summary.score);
    print_number(scores.summary.low);
    print_number(scores.summary.high);
    std::cout << std::setw(8) << scores.summary.scored << "  " << task_title(scores.summary.job)
              << "  (" << scores.metric << ")" << notes(scores.summary) << '\n';
  }
  if (all.size() > 1)
    for (const GroupScore& benchmark : summary.columns.front().benchmarks) {
      print_number(benchmark.score);
      std::cout << std::setw(24) << benchmark.scored << "  "
                << (benchmark.key.empty() ? "mean of files" : benchmark.key + ", mean of tasks")
                << '\n';
    }
  std::cout << "Rules: " << rules << std::endl;
}

// Of several tasks the others are scored all the same.
bool has_no_score(const Error& error) {
  return error.kind == ErrorKind::unsupported && error.where == "rules";
}

Result<int> print_scores(const Invocation& invocation, const std::vector<PredictionSet>& sets,
                         const ScoreSet& score_one, const std::string& rules) {
  std::vector<PredictionScores> scores;
  nlohmann::json tasks = nlohmann::json::array(), left_out = nlohmann::json::array();
  for (const PredictionSet& set : sets) {
    auto one = score_one(set);
    if (!one && has_no_score(one.error()) && left_out.size() + 1 < sets.size()) {
      left_out.push_back(one.error().message);
      continue;
    }
    if (!one) return one.error();
    tasks.push_back(task_json(set, *one, invocation.has("samples")));
    tasks.back()["rule_set"] = rules;
    scores.push_back(std::move(*one));
  }
  for (const nlohmann::json& why : left_out)
    std::cerr << why.get_ref<const std::string&>() << ": left out" << std::endl;
  const RunSummary summary = summarise_predictions(scores, rules);
  if (!invocation.has("json")) {
    print_table(scores, summary, rules);
  } else if (sets.size() == 1) {
    print_json(invocation, tasks.front());
  } else {
    nlohmann::json all = {{"tasks", tasks}, {"averages", averages_json(summary, rules)}};
    if (!left_out.empty()) all["left_out"] = std::move(left_out);
    print_json(invocation, all);
  }
  return kFinished;
}

// The stored answers of a run, a set per task; its lengths are one pool.
Result<std::vector<PredictionSet>> answers_of_run(const RunQueries& queries, int64_t run) {
  LOOM_TRY(const RunSummary summary, queries.summary(run));
  if (summary.columns.size() != 1)
    return Error{ErrorKind::unsupported, "the run has several models, servers or methods",
                 "run " + std::to_string(run), "Score runs of one model by other rules"};
  std::vector<PredictionSet> sets;
  for (int64_t after = 0;;) {
    LOOM_TRY(const auto rows, queries.samples(run, {}, after, 500));
    if (rows.empty() && sets.empty())
      return Error{ErrorKind::not_found, "no sample of the run is finished",
                   "run " + std::to_string(run), "loomscope-cli resume goes on with it"};
    if (rows.empty()) return sets;
    after = rows.back().id;
    for (const SampleRow& row : rows) {
      if (row.state != SampleState::done) continue;
      const Job& job = summary.jobs.at(static_cast<size_t>(row.job)).job;
      auto set = std::find_if(sets.begin(), sets.end(), [&](const PredictionSet& one) {
        return one.benchmark == job.benchmark_id && one.task == job.task;
      });
      if (set == sets.end()) set = sets.insert(sets.end(), {job.benchmark_id, job.task, {}, {}});
      LOOM_TRY(Sample sample, queries.sample(row.id));
      set->answers.push_back({sample.record_id, "", std::move(sample.result.text),
                              std::move(sample.references), std::move(sample.metadata)});
    }
  }
}

// By the run's own rules its scores are renewed; by others they are printed alone, because a run
// has one rule set.
Result<int> score_run(const Invocation& invocation) {
  LOOM_TRY(auto session, open_stored(invocation));
  LOOM_TRY(int64_t run, run_number(invocation.positional.front()));
  LOOM_TRY(const EvaluationPlan plan, session->store->plan(run));
  const std::string rules = invocation.text("rules", plan.rule_set);
  if (invocation.text("metric") == "reference_perplexity")
    return score_perplexity(invocation, *session, run);
  const bool strips = invocation.has("strip_thinking") && !plan.strip_thinking;
  if (rules != plan.rule_set || strips || invocation.has("metric")) {
    LOOM_TRY(const ScoreSet score_one, score_set(invocation, *session, rules));
    LOOM_TRY(auto sets, answers_of_run(*session->queries, run));
    for (PredictionSet& set : sets) set.strip_thinking = strips || plan.strip_thinking;
    std::cerr << "Run " << run << " by the rules " << rules << "; its own scores, by "
              << plan.rule_set << ", stay as they are" << std::endl;
    return print_scores(invocation, sets, score_one, rules);
  }
  LOOM_CHECK(score_again(run, *session->queries, session->environment));
  std::cerr << "Run " << run
            << " is scored with the present metrics; earlier scores stay beside them" << std::endl;
  if (!invocation.has("json")) return kFinished;
  LOOM_TRY(nlohmann::json results, results_json(*session->queries, run));
  print_json(invocation, results);
  return kFinished;
}

Status check_named_task(const Invocation& invocation, const Catalog& catalog) {
  if (!invocation.has("benchmark") && !invocation.has("task")) return {};
  const std::string benchmark_id = invocation.text("benchmark"), task_id = invocation.text("task");
  const BenchmarkDescription* benchmark = catalog.benchmark(benchmark_id);
  if (benchmark && (task_id.empty() || benchmark->task(task_id))) return {};
  return Error{ErrorKind::invalid_input,
               "there is no task \"" + benchmark_id + "/" + task_id + "\"", "--benchmark, --task",
               "loomscope-cli benchmarks ls lists them"};
}

// From the named file, else by id out of the benchmark's own data where any answer lacks them.
Status complete(const Invocation& invocation, const Session& session, PredictionSet& set) {
  if (invocation.has("references")) return add_references(invocation.text("references"), set);
  const bool whole = std::all_of(set.answers.begin(), set.answers.end(),
                                 [](const auto& answer) { return !answer.references.empty(); });
  if (whole) return {};
  auto found = add_data(session.environment.data_folder, session.catalog, set);
  // What is missing then is said of the sample that lacks it.
  return found || found.error().kind == ErrorKind::not_found ||
                 found.error().kind == ErrorKind::unsupported
             ? Status()
             : found;
}

}  // namespace

Result<int> score_predictions(const Invocation& invocation) {
  LOOM_CHECK(check_metric_options(invocation));
  const bool given = !invocation.positional.empty();
  if (given && run_number(invocation.positional.front())) return score_run(invocation);
  if (invocation.positional.size() + invocation.has("predictions") != 1)
    return Error{ErrorKind::invalid_input, "one file or folder of predictions is needed",
                 "--predictions", "loomscope-cli score FILE, or score RUN for answers given here"};
  std::error_code failure;
  if (given && !std::filesystem::exists(invocation.positional.front(), failure))
    return Error{ErrorKind::not_found, "is neither a run's number nor a file",
                 invocation.positional.front(), "loomscope-cli ls lists the runs"};
  LOOM_TRY(auto session, open_without_store(invocation));
  LOOM_CHECK(check_named_task(invocation, session->catalog));
  const PredictionRequest request{
      given ? invocation.positional.front() : invocation.text("predictions"),
      invocation.text("benchmark"), invocation.text("task"), invocation.has("metric")};
  const std::string rules = invocation.text("rules", kOfficialRules);
  LOOM_TRY(const ScoreSet score_one, score_set(invocation, *session, rules));
  LOOM_TRY(auto sets, read_predictions(request, session->catalog));
  for (PredictionSet& set : sets) {
    set.strip_thinking = invocation.has("strip_thinking");
    LOOM_CHECK(complete(invocation, *session, set));
  }
  return print_scores(invocation, sets, score_one, rules);
}

}  // namespace loom::cli
