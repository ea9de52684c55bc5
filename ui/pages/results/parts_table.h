// Scores beside the tasks': groups of tasks that count as one, and a task's samples apart by a
// field of their records.
#pragma once

#include <QTreeWidget>

#include "core/evaluation/run_summary.h"

namespace loom::ui {

class PartsTable : public QTreeWidget {
  Q_OBJECT
 public:
  explicit PartsTable(QWidget* parent = nullptr);
  // Hidden where a run has neither.
  void set_summary(const RunSummary& summary);

 private:
  void add(const QString& of, const QString& part, const QString& model, const GroupScore& score);
};

}  // namespace loom::ui
