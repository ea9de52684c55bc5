// One step of the wizard. It keeps what was entered, so going back and forth loses nothing.
#pragma once

#include <QWidget>

#include "core/evaluation/evaluation_plan.h"

namespace loom::ui {

class WizardStep : public QWidget {
  Q_OBJECT
 public:
  using QWidget::QWidget;
  virtual QString title() const = 0;
  virtual void read(const EvaluationPlan& plan) = 0;   // shows a plan's part
  virtual void write(EvaluationPlan& plan) const = 0;  // what is entered becomes its part
  virtual bool is_complete() const = 0;
  // Says at the field what is wrong or missing there, and goes to the first such field.
  virtual void explain() = 0;
  virtual void entered(const EvaluationPlan& plan) { (void)plan; }
  // What this step could not take over of the plan that it has read, a sentence each.
  virtual QStringList not_taken() const { return {}; }

 Q_SIGNALS:
  void changed();
};

}  // namespace loom::ui
