#include "ui/pages/compare/compared_parts.h"

#include <QCoreApplication>
#include <algorithm>

#include "core/evaluation/judged_summary.h"
#include "core/evaluation/paired_columns.h"
#include "ui/pages/compare/setting_differences.h"
#include "ui/view_models/format.h"

namespace loom::ui {
namespace {

bool is_of(const RunSummary& whole, const JobSummary& job, const ComparedPart& part) {
  if (part.column.empty()) return true;
  const RunColumn* column = column_of(whole, job.job.index);
  return column && column->label == part.column;
}

// A column's plan names its model alone, so that another model's template is no difference.
EvaluationPlan plan_of(EvaluationPlan plan, const RunSummary& whole, const ComparedPart& part) {
  if (part.column.empty()) return plan;
  for (const JobSummary& job : whole.jobs) {
    const auto model = static_cast<size_t>(std::max(job.job.model, 0));
    if (!is_of(whole, job, part) || model >= plan.models.size()) continue;
    plan.models = {PlanModel(plan.models[model])};
    break;
  }
  return plan;
}

// Two runs may have the same name: then the number tells them apart.
std::vector<std::string> names_of(const ComparedParts& compared) {
  const auto& parts = compared.parts;
  const bool one_run = std::all_of(parts.begin(), parts.end(), [&](const ComparedPart& part) {
    return part.run == parts.front().run && !part.column.empty();
  });
  std::vector<std::string> names;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (one_run) {
      names.push_back(parts[i].column);
      continue;
    }
    std::string name = compared.runs[i].name;
    if (std::any_of(compared.runs.begin(), compared.runs.end(), [&](const RunRow& other) {
          return other.name == name && other.id != parts[i].run;
        }))
      name += " #" + std::to_string(parts[i].run);
    if (!parts[i].column.empty()) name += " · " + parts[i].column;
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace

Result<ComparedParts> read_parts(const RunQueries& queries,
                                 const std::vector<ComparedPart>& parts) {
  if (parts.size() < 2 || parts.size() > kMostParts)
    return Error{ErrorKind::invalid_input, "two to six runs can be compared", "", ""};
  ComparedParts compared;
  compared.parts = parts;
  for (const ComparedPart& part : parts) {
    LOOM_TRY(RunRow row, queries.run(part.run));
    LOOM_TRY(RunSummary summary, queries.summary(part.run));
    LOOM_TRY(Provenance provenance, queries.provenance(part.run));
    compared.runs.push_back(std::move(row));
    compared.plans.push_back(plan_of(provenance.plan, summary, part));
    compared.whole.push_back(std::move(summary));
    compared.provenances.push_back(std::move(provenance));
  }
  compared.names = names_of(compared);
  return compared;
}

Result<std::vector<ComparedPart>> columns_of(const RunQueries& queries, int64_t run) {
  LOOM_TRY(RunSummary summary, queries.summary(run));
  std::vector<ComparedPart> parts;
  if (summary.columns.size() < 2) return std::vector<ComparedPart>{{run, {}}};
  for (const RunColumn& column : summary.columns)
    if (parts.size() < kMostParts) parts.push_back({run, column.label});
  return parts;
}

std::string task_key(const std::string& benchmark, const std::string& task, size_t length) {
  std::string key = benchmark + '/' + task;
  if (length > 0) key += '@' + std::to_string(length);
  return key;
}

TaskKeys task_keys(const ComparedParts& compared) {
  TaskKeys keys;
  for (size_t part = 0; part < compared.parts.size(); ++part) {
    std::set<std::string> here, both;
    for (const JobSummary& job : compared.whole[part].jobs)
      if (is_of(compared.whole[part], job, compared.parts[part]))
        here.insert(task_key(job.job.benchmark_id, job.job.task, job.job.length_tokens));
    for (const std::string& key : here)
      if (part == 0 || keys.shared.contains(key)) both.insert(key);
    keys.shared = std::move(both);
    keys.all.merge(here);
  }
  return keys;
}

RunSummary part_summary(const ComparedParts& compared, size_t part,
                        const std::set<std::string>& keys) {
  const RunSummary& whole = compared.whole[part];
  std::vector<JobSummary> jobs;
  for (const JobSummary& job : whole.jobs)
    if (is_of(whole, job, compared.parts[part]) &&
        keys.contains(task_key(job.job.benchmark_id, job.job.task, job.job.length_tokens)))
      jobs.push_back(job);
  // The run's own plan: jobs name their models by place.
  RunSummary summary = summarise_run(compared.provenances[part].plan, std::move(jobs));
  const std::string& name = compared.names[part];
  for (RunColumn& column : summary.columns)
    column.label = summary.columns.size() > 1 ? name + " · " + column.label : name;
  return summary;
}

QStringList differences_that_matter(const ComparedParts& compared,
                                    const std::vector<RunSummary>& summaries) {
  QStringList differences = setting_differences(compared.plans);
  for (const JudgeDifference& difference : judge_differences(summaries)) {
    QStringList judges;
    for (const std::string& judge : difference.judges) judges << text(judge);
    differences << QCoreApplication::translate("loom::ui::ComparePage", "Judge of %1: %2")
                       .arg(text(difference.task), judges.join(QStringLiteral(" ≠ ")));
  }
  return differences;
}

}  // namespace loom::ui
