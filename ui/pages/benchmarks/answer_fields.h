// How a question of the user's file is answered and scored: its columns, the metric, how the answer
// begins and how long it may be.
#pragma once

#include <QWidget>

#include "core/catalog/custom_benchmark.h"

class QCheckBox;
class QLineEdit;
class QSpinBox;

namespace loom::ui {

class ColumnFields;
class MetricFields;
class Workspace;

class AnswerFields : public QWidget {
  Q_OBJECT
 public:
  explicit AnswerFields(const Workspace& workspace, QWidget* parent = nullptr);
  ColumnFields* columns() const { return columns_; }
  MetricFields* metric() const { return metric_; }
  void write(CustomBenchmark& benchmark) const;
  // What suits the columns and the metric, unless the user has chosen something else.
  void propose();

 Q_SIGNALS:
  void changed();  // of what the preview shows

 private:
  ColumnFields* columns_;
  MetricFields* metric_;
  QLineEdit* prefix_;
  QSpinBox* limit_;
  QCheckBox* chat_;
  bool limited_ = false;  // the answer, by the user
};

}  // namespace loom::ui
