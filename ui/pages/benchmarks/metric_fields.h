// How answers become scores: the metric, and for BERTScore the encoder and the layer whose hidden
// states it compares. Rows of a form that belongs to somebody else.
#pragma once

#include <QObject>

#include "core/catalog/custom_benchmark.h"
#include "core/catalog/local_models.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QSpinBox;

namespace loom::ui {

class FieldMessage;
class ModelFinder;
class Workspace;

class MetricFields : public QObject {
  Q_OBJECT
 public:
  MetricFields(const Workspace& workspace, QFormLayout& form, QWidget* parent);
  // The metric that suits the columns, unless the user has chosen one.
  void propose(const CustomColumns& columns);
  std::string metric() const;
  void write(CustomBenchmark& benchmark) const;
  bool explain();  // says at the field what is missing; true when nothing is
  FieldMessage* message() const { return message_; }

 Q_SIGNALS:
  void changed();

 private:
  void fill_metrics();
  void choose(const char* id);
  void show_what_it_needs();
  void show_encoders(const std::vector<LocalModel>& models);
  void show_layers();

  const Workspace& workspace_;
  QFormLayout& form_;
  ModelFinder* finder_;
  std::vector<LocalModel> encoders_;
  QComboBox* metric_;
  FieldMessage* message_;
  QLabel* note_;
  QComboBox* encoder_;
  FieldMessage* encoder_message_;
  QSpinBox* layer_;
  bool chosen_ = false;  // the metric, by the user
  bool searched_ = false;
};

}  // namespace loom::ui
