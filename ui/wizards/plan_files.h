// Plans as files: opening one, and which were opened or saved last.
#pragma once

#include <QList>
#include <QString>

#include "core/evaluation/evaluation_plan.h"

namespace loom::ui {

inline constexpr int kRecentPlans = 10;

struct PlanFile {
  QString file;      // absolute
  QString name;      // of the plan, else of the file
  QString contents;  // its benchmarks and models as they were when it was used last
  bool exists() const;
};

// The latest first.
QList<PlanFile> recent_plan_files();
void remember_plan_file(const QString& file, const EvaluationPlan& plan, const Catalog& catalog);
void forget_plan_file(const QString& file);

// Models that the plan names by a path relative to its own folder are given by their whole path,
// since the window was started somewhere else.
Result<EvaluationPlan> read_plan_file(const QString& file);

}  // namespace loom::ui
