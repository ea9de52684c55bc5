#include "ui/wizards/plan_files.h"

#include <QFileInfo>
#include <QSettings>
#include <algorithm>

#include "ui/view_models/format.h"
#include "ui/wizards/plan_words.h"

namespace loom::ui {
namespace {

namespace fs = std::filesystem;

const QString kPlans = QStringLiteral("plans/recent"), kFile = QStringLiteral("file"),
              kName = QStringLiteral("name"), kContents = QStringLiteral("contents");

void keep(const QList<PlanFile>& plans) {
  QSettings settings;
  settings.remove(kPlans);
  settings.beginWriteArray(kPlans, static_cast<int>(plans.size()));
  for (int i = 0; i < plans.size(); ++i) {
    settings.setArrayIndex(i);
    settings.setValue(kFile, plans[i].file);
    settings.setValue(kName, plans[i].name);
    settings.setValue(kContents, plans[i].contents);
  }
  settings.endArray();
}

QList<PlanFile> without(QList<PlanFile> plans, const QString& file) {
  plans.removeIf([&](const PlanFile& plan) { return plan.file == file; });
  return plans;
}

QString contents_of(const EvaluationPlan& plan, const Catalog& catalog) {
  std::vector<std::string> titles;
  for (const PlanBenchmark& chosen : plan.benchmarks) {
    const BenchmarkDescription* benchmark = catalog.benchmark(chosen.id);
    titles.push_back(benchmark ? benchmark->title : chosen.id);
  }
  const QString models = model_words(plan);
  return models.isEmpty() ? joined(titles) : joined(titles) + QStringLiteral(" · ") + models;
}

// Names that are no path of a file there, such as hf:ORG/NAME and "auto", stay as they are.
std::string beside(const fs::path& folder, const std::string& named) {
  if (named.empty() || fs::path(named).is_absolute()) return named;
  std::error_code unreadable;
  const fs::path whole = folder / named;
  return fs::exists(whole, unreadable) ? whole.lexically_normal().string() : named;
}

}  // namespace

bool PlanFile::exists() const {
  return QFileInfo(file).isFile();
}

QList<PlanFile> recent_plan_files() {
  QSettings settings;
  QList<PlanFile> plans;
  const int count = std::min(settings.beginReadArray(kPlans), kRecentPlans);
  for (int i = 0; i < count; ++i) {
    settings.setArrayIndex(i);
    PlanFile plan{settings.value(kFile).toString(), settings.value(kName).toString(),
                  settings.value(kContents).toString()};
    if (!plan.file.isEmpty()) plans << plan;
  }
  settings.endArray();
  return plans;
}

void remember_plan_file(const QString& file, const EvaluationPlan& plan, const Catalog& catalog) {
  const QFileInfo info(file);
  PlanFile used{info.absoluteFilePath(), text(plan.name), contents_of(plan, catalog)};
  if (used.name.isEmpty()) used.name = info.completeBaseName();
  QList<PlanFile> plans = without(recent_plan_files(), used.file);
  plans.prepend(used);
  keep(plans.first(std::min<qsizetype>(plans.size(), kRecentPlans)));
}

void forget_plan_file(const QString& file) {
  keep(without(recent_plan_files(), file));
}

Result<EvaluationPlan> read_plan_file(const QString& file) {
  const fs::path path = fs::path(file.toStdString());
  LOOM_TRY(EvaluationPlan plan, read_plan(path));
  const fs::path folder = fs::absolute(path).parent_path();
  for (PlanModel& model : plan.models) {
    model.path = beside(folder, model.path);
    model.chat_template = beside(folder, model.chat_template);
  }
  return plan;
}

}  // namespace loom::ui
