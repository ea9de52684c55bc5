// The panel at the right of the models: all that the headers of one model say.
#pragma once

#include <QScrollArea>

#include "ui/pages/models/model_fit.h"

class QLabel;

namespace loom::ui {

class FactList;

class ModelDetails : public QScrollArea {
  Q_OBJECT
 public:
  explicit ModelDetails(QWidget* parent = nullptr);
  void show_model(const LocalModel& model, const ModelFit& fit);
  void show_nothing();

 private:
  QLabel *name_ = nullptr, *verdict_icon_ = nullptr, *verdict_ = nullptr, *problem_ = nullptr;
  FactList *facts_ = nullptr, *memory_ = nullptr;
};

}  // namespace loom::ui
