#include "ui/pages/compare/setting_differences.h"

#include <QCoreApplication>

#include "ui/view_models/format.h"

namespace loom::ui {
namespace {

struct Settings {
  Q_DECLARE_TR_FUNCTIONS(Settings)
};

using Reader = QString (*)(const EvaluationPlan&);

QString template_of(const EvaluationPlan& plan) {
  QStringList names;
  for (const PlanModel& model : plan.models)
    if (!names.contains(text(model.chat_template))) names << text(model.chat_template);
  return names.join(QLatin1Char('+'));
}

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
                .arg(decoding.min_p);
  if (decoding.repetition_penalty > 0)
    words += Settings::tr(", repetition penalty %L1").arg(decoding.repetition_penalty);
  return words;
}

QString prompts_of(const EvaluationPlan& plan) {
  return plan.prompt_pack.is_null() ? Settings::tr("official or ours")
                                    : text(plan.prompt_pack.value("prompt_pack", ""));
}

QString thoughts_of(const EvaluationPlan& plan) {
  return plan.strip_thinking ? Settings::tr("left out of the answer")
                             : Settings::tr("part of the answer");
}

// Generated benchmarks draw the same records only from equal seeds, numbers and parameters.
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

}  // namespace

QStringList setting_differences(const std::vector<EvaluationPlan>& plans) {
  const std::pair<QString, Reader> settings[] = {
      {Settings::tr("Chat template"), template_of},
      {Settings::tr("Rule set"), [](const EvaluationPlan& plan) { return text(plan.rule_set); }},
      {Settings::tr("Prompts"), prompts_of},
      {Settings::tr("Thoughts"), thoughts_of},
      {Settings::tr("Truncation"),
       [](const EvaluationPlan& plan) { return text(to_string(plan.truncation)); }},
      {Settings::tr("Maximal length"), length_of},
      {Settings::tr("Decoding"), decoding_of},
      {Settings::tr("Sample set"), samples_of},
  };
  QStringList differing;
  for (const auto& [name, read] : settings) {
    QStringList values;
    for (const EvaluationPlan& plan : plans)
      if (!values.contains(read(plan))) values << read(plan);
    if (values.size() > 1)
      differing << Settings::tr("%1: %2").arg(name, values.join(QStringLiteral(" ≠ ")));
  }
  return differing;
}

}  // namespace loom::ui
