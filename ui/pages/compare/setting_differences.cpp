#include "ui/pages/compare/setting_differences.h"

#include <QCoreApplication>

#include "core/evaluation/differing_settings.h"
#include "ui/view_models/format.h"

namespace loom::ui {
namespace {

struct Settings {
  Q_DECLARE_TR_FUNCTIONS(Settings)
};

QString length_of(const EvaluationPlan& plan) {
  return plan.max_length == 0 ? Settings::tr("the model's window") : format_count(plan.max_length);
}

QString decoding_of(const EvaluationPlan& plan) {
  const DecodingSettings& decoding = plan.decoding;
  QString words = Settings::tr("greedy");
  if (decoding.temperature > 0)
    words = Settings::tr("temperature %L1, top-k %L2, top-p %L3, min-p %L4")
                .arg(decoding.temperature)
                .arg(decoding.top_k)
                .arg(decoding.top_p)
                .arg(decoding.min_p) +
            QStringLiteral(", ") + Settings::tr("seed %1").arg(decoding.seed);
  if (decoding.repetition_penalty > 0)
    words += Settings::tr(", repetition penalty %L1").arg(decoding.repetition_penalty);
  return words;
}

QString thoughts_of(const EvaluationPlan& plan) {
  return plan.strip_thinking ? Settings::tr("left out of the answer")
                             : Settings::tr("part of the answer");
}

QString samples_of(const EvaluationPlan& plan) {
  QStringList parts{Settings::tr("seed %1").arg(plan.seed)};
  for (const PlanBenchmark& benchmark : plan.benchmarks) {
    QString part = text(benchmark.id);
    if (benchmark.samples > 0)
      part += QLatin1Char(' ') + (benchmark.samples == 1
                                       ? Settings::tr("with 1 sample each")
                                       : Settings::tr("with %1 samples each")
                                             .arg(format_count(benchmark.samples)));
    if (!benchmark.suite.empty())
      part += QLatin1Char(' ') + Settings::tr("of %1").arg(text(benchmark.suite));
    if (!benchmark.parameters.empty()) part += QLatin1Char(' ') + text(benchmark.parameters.dump());
    parts << part;
  }
  return parts.join(QStringLiteral(", "));
}

QString name_of(PlanSetting setting) {
  switch (setting) {
    case PlanSetting::chat_template:
      return Settings::tr("Chat template");
    case PlanSetting::rule_set:
      return Settings::tr("Rule set");
    case PlanSetting::prompts:
      return Settings::tr("Prompts");
    case PlanSetting::thoughts:
      return Settings::tr("Thoughts");
    case PlanSetting::truncation:
      return Settings::tr("Truncation");
    case PlanSetting::maximal_length:
      return Settings::tr("Maximal length");
    case PlanSetting::decoding:
      return Settings::tr("Decoding");
    case PlanSetting::samples:
      return Settings::tr("Sample set");
  }
  return {};
}

// In words of this language where the value is not a name.
QString value_of(PlanSetting setting, const std::string& value, const EvaluationPlan& plan) {
  switch (setting) {
    case PlanSetting::prompts:
      return plan.prompt_pack.is_null() ? Settings::tr("official or ours") : text(value);
    case PlanSetting::thoughts:
      return thoughts_of(plan);
    case PlanSetting::maximal_length:
      return length_of(plan);
    case PlanSetting::decoding:
      return decoding_of(plan);
    case PlanSetting::samples:
      return samples_of(plan);
    default:
      return text(value);
  }
}

}  // namespace

QStringList setting_differences(const std::vector<EvaluationPlan>& plans) {
  QStringList lines;
  for (const DifferingSetting& differing : differing_settings(plans)) {
    QStringList values;
    for (size_t i = 0; i < differing.values.size(); ++i)
      values << value_of(differing.setting, differing.values[i], plans[differing.plans[i]]);
    lines << Settings::tr("%1: %2").arg(name_of(differing.setting),
                                        values.join(QStringLiteral(" ≠ ")));
  }
  return lines;
}

}  // namespace loom::ui
