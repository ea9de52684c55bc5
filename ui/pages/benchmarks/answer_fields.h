// How a question of the user's file is answered and scored: its columns, the metric, how the answer
// begins and how long it may be.
#pragma once

#include <QWidget>

#include "core/catalog/custom_benchmark.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QSpinBox;

namespace loom::ui {

class ColumnFields;
class FieldMessage;

class AnswerFields : public QWidget {
  Q_OBJECT
 public:
  explicit AnswerFields(QWidget* parent = nullptr);
  ColumnFields* columns() const { return columns_; }
  void write(CustomBenchmark& benchmark) const;
  // The metric that suits the columns, unless the user has chosen one.
  void propose_metric();
  FieldMessage* metric_message() const { return metric_message_; }

 Q_SIGNALS:
  void changed();  // of what the preview shows

 private:
  void fill_metrics();
  void choose_metric(const QString& id);

  ColumnFields* columns_;
  QComboBox* metric_;
  FieldMessage* metric_message_;
  QLineEdit* prefix_;
  QSpinBox* limit_;
  QCheckBox* chat_;
  bool chosen_ = false;  // the metric, by the user
};

}  // namespace loom::ui
