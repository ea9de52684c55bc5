#include "ui/wizards/plan_words.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <set>

#include "core/catalog/rule_sets.h"
#include "core/evaluation/model_name.h"
#include "ui/shell/quantity_text.h"
#include "ui/view_models/format.h"
#include "ui/view_models/registry_words.h"
#include "ui/wizards/token_counts.h"

namespace loom::ui {
namespace {

QString tr(const char* source) {
  return QCoreApplication::translate("loom::ui", source);
}

const QString kBetween = QStringLiteral(" · ");

std::string title_of(const PlanBenchmark& chosen, const Catalog& catalog) {
  const BenchmarkDescription* benchmark = catalog.benchmark(chosen.id);
  return benchmark ? benchmark->title : chosen.id;
}

// What becomes of prompts that are too long.
QString truncation_words(TruncationRule rule) {
  switch (rule) {
    case TruncationRule::middle:
      return tr("long prompts lose their middle");
    case TruncationRule::head:
      return tr("long prompts lose their beginning");
    case TruncationRule::tail:
      return tr("long prompts lose their end");
    case TruncationRule::fail:
      return tr("long prompts fail");
    case TruncationRule::benchmark:
      break;
  }
  return tr("long prompts are cut as each benchmark does it");
}

QString length_words(const std::vector<size_t>& lengths) {
  constexpr size_t kNamed = 12;
  if (lengths.size() > kNamed) {
    const auto [least, most] = std::minmax_element(lengths.begin(), lengths.end());
    return tr("%1 lengths from %2 to %3")
        .arg(lengths.size())
        .arg(format_tokens(*least), format_tokens(*most));
  }
  QStringList words;
  for (size_t length : lengths) words << format_tokens(length);
  return words.join(QStringLiteral(", "));
}

// English has one form of "1 job" and another of "2 jobs" even without a translation file.
QString counted(size_t count, const QString& one, const QString& several) {
  return format_count(count) + QLatin1Char(' ') + (count == 1 ? one : several);
}

}  // namespace

PlanCounts count_plan(const EvaluationPlan& plan, const Catalog& catalog) {
  PlanCounts counts{plan.benchmarks.size(), plan.models.size(),
                    plan.servers.size() * plan.augmentations.size()};
  if (auto jobs = unroll(plan, catalog)) {
    counts.jobs = jobs->size();
    for (const Job& job : *jobs) counts.samples += job.samples;
  }
  return counts;
}

QString about_duration(double seconds) {
  return tr("about %1").arg(duration_text(seconds));
}

QString time_words(const RunEstimate& estimate) {
  constexpr double kWorthSaying = 1.2;
  if (!estimate.seconds) return QStringLiteral("–");
  const QString about = about_duration(*estimate.seconds);
  if (estimate.seconds_at_most.value_or(0) < *estimate.seconds * kWorthSaying) return about;
  return tr("%1, at most %2").arg(about, duration_text(*estimate.seconds_at_most));
}

QStringList scoring_words(const RunEstimate& estimate) {
  const ScoringPasses& scoring = estimate.scoring;
  QStringList lines;
  if (scoring.references > 0)
    lines
        << tr("For perplexity the model also reads %1 references of %2 tokens behind the prompts.")
               .arg(format_count(scoring.references), format_count(scoring.reference_tokens));
  if (scoring.texts > 0)
    lines << tr("For BERTScore an encoder reads %1 texts of %2 tokens, in %3 of memory.")
                 .arg(format_count(scoring.texts), format_count(scoring.text_tokens),
                      format_bytes(estimate.encoder_bytes));
  if (scoring.any() && estimate.seconds)
    lines << tr("That is %1 of the time.").arg(about_duration(scoring.seconds));
  return lines;
}

QString plan_line(const PlanCounts& counts, const std::optional<RunEstimate>& estimate) {
  QStringList parts{counted(counts.benchmarks, tr("benchmark"), tr("benchmarks")),
                    counted(counts.models, tr("model"), tr("models")),
                    counted(counts.methods, tr("method"), tr("methods"))};
  // Files may hold other numbers than the official ones; an estimate has looked.
  const size_t samples = estimate && estimate->samples > 0 ? estimate->samples : counts.samples;
  QStringList results{counted(counts.jobs, tr("job"), tr("jobs")),
                      counted(samples, tr("sample"), tr("samples"))};
  if (estimate) {
    if (estimate->seconds) results << about_duration(*estimate->seconds);
    results << (estimate->fits ? tr("fits") : tr("does not fit"));
  }
  return parts.join(kBetween) + QStringLiteral(" = ") + results.join(kBetween);
}

QString benchmark_words(const EvaluationPlan& plan, const Catalog& catalog) {
  QStringList lines;
  for (const PlanBenchmark& chosen : plan.benchmarks) {
    const BenchmarkDescription* benchmark = catalog.benchmark(chosen.id);
    if (!benchmark) continue;
    QStringList parts{registry_text(benchmark->title, benchmark->custom != nullptr)};
    const size_t all = benchmark->tasks.size();
    parts << (chosen.tasks.empty() ? counted(all, tr("task"), tr("tasks"))
                                   : tr("%L1 of %L2 tasks").arg(chosen.tasks.size()).arg(all));
    const auto& lengths = chosen.lengths.empty() ? benchmark->default_lengths : chosen.lengths;
    const bool whole = !chosen.suite.empty();
    if (whole) parts << tr("the suite's own files, whole");
    if (!lengths.empty() && (!whole || lengths.size() > 1)) parts << length_words(lengths);
    if (chosen.samples > 0)
      parts << tr("%1 each").arg(counted(chosen.samples, tr("sample"), tr("samples")));
    lines << parts.join(kBetween);
  }
  return lines.join(QLatin1Char('\n'));
}

QString model_words(const EvaluationPlan& plan) {
  std::vector<std::string> names;
  for (const PlanModel& model : plan.models) names.push_back(model_name(model));
  return joined(names);
}

QString method_words(const std::vector<PlanMethod>& chosen,
                     const std::vector<MethodDescription>& offered) {
  QStringList lines;
  for (const PlanMethod& method : chosen) {
    auto known = std::find_if(offered.begin(), offered.end(),
                              [&](const auto& entry) { return entry.id == method.id; });
    QString line = known == offered.end() ? text(method.id) : registry_text(known->title);
    if (method.parameters.is_object())
      for (const auto& [key, value] : method.parameters.items())
        line += kBetween + text(key) + QLatin1Char(' ') + text(value.dump());
    lines << line;
  }
  return lines.join(QLatin1Char('\n'));
}

QString settings_words(const EvaluationPlan& plan) {
  QStringList parts{joined(plan.devices)};
  parts << (plan.max_length == 0 ? tr("the model's window")
                                 : tr("at most %1 tokens").arg(format_tokens(plan.max_length)));
  parts << (plan.decoding.temperature > 0
                ? tr("temperature %1").arg(QLocale().toString(plan.decoding.temperature))
                : tr("greedy decoding"));
  if (plan.decoding.repetition_penalty > 0)
    parts << tr("repetition penalty %1").arg(QLocale().toString(plan.decoding.repetition_penalty));
  parts << truncation_words(plan.truncation);
  parts << tr("seed %1").arg(plan.seed);
  if (plan.rule_set != kOfficialRules) parts << tr("rules of %1").arg(text(plan.rule_set));
  if (plan.strip_thinking) parts << tr("thoughts left aside");
  if (!plan.reuse_answers) parts << tr("all answers computed anew");
  if (plan.skip_bad_records) parts << tr("records that cannot be read are left out");
  return parts.join(kBetween);
}

QString suggested_name(const EvaluationPlan& plan, const Catalog& catalog) {
  constexpr size_t kMostTitles = 4;
  if (plan.benchmarks.empty() || plan.models.empty()) return {};
  const QString models = plan.models.size() == 1 ? text(model_name(plan.models.front()))
                                                 : tr("%1 models").arg(plan.models.size());
  std::set<std::string> chosen;
  std::vector<std::string> titles;
  for (const PlanBenchmark& benchmark : plan.benchmarks) {
    chosen.insert(benchmark.id);
    titles.push_back(title_of(benchmark, catalog));
  }
  for (const SuiteDescription& suite : catalog.suites) {
    std::set<std::string> whole;
    for (const SuiteEntry& entry : suite.entries) whole.insert(entry.benchmark);
    if (chosen == whole) titles = {suite.title};
  }
  const QString what = titles.size() <= kMostTitles
                           ? joined(titles)
                           : counted(titles.size(), tr("benchmark"), tr("benchmarks"));
  return tr("%1 on %2").arg(what, models);
}

}  // namespace loom::ui
