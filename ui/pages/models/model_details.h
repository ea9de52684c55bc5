// The panel at the right of the models: all that the headers of one model say, and what the engine
// understands of it, once that has been read.
#pragma once

#include <QScrollArea>

#include "core/execution/model_report.h"
#include "ui/pages/models/model_fit.h"

class QLabel;

namespace loom::ui {

class FactList;

class ModelDetails : public QScrollArea {
  Q_OBJECT
 public:
  explicit ModelDetails(QWidget* parent = nullptr);
  void show_model(const LocalModel& model, const ModelFit& fit);
  // Completes what is shown; of another model than the one shown it is dropped.
  void show_report(const ModelReport& report);
  void show_nothing();

 private:
  QLabel *name_ = nullptr, *verdict_icon_ = nullptr, *verdict_ = nullptr, *problem_ = nullptr;
  FactList *facts_ = nullptr, *read_ = nullptr, *memory_ = nullptr, *parts_ = nullptr;
  QLabel *notes_ = nullptr, *parts_heading_ = nullptr;
  std::filesystem::path shown_;
  size_t parts_tokens_ = 0;  // length of the prompt whose memory is shown by part
};

}  // namespace loom::ui
