// A choice of one entry of the registry with its form: the Server and the Augmentation step.
#pragma once

#include <QLabel>

#include "ui/wizards/wizard_step.h"

class QButtonGroup;
class QStackedWidget;
class QVBoxLayout;

namespace loom::ui {

class ParameterForm;

class MethodStep : public WizardStep {
  Q_OBJECT
 public:
  // The plan's list that this step fills, `servers` or `augmentations`.
  using Part = std::vector<PlanMethod> EvaluationPlan::*;
  MethodStep(const QString& title, const QString& hint,
             const std::vector<MethodDescription>& offered, Part part, QWidget* parent);
  QString title() const override { return title_; }
  void read(const EvaluationPlan& plan) override;
  void write(EvaluationPlan& plan) const override;
  bool is_complete() const override;
  void explain() override;
  QStringList not_taken() const override;

 private:
  void add_method(const MethodDescription& method, int index, QVBoxLayout& list);
  QWidget* create_list(const QString& hint);
  void select(int index);

  QString title_;
  const std::vector<MethodDescription>& offered_;
  Part part_;
  QButtonGroup* buttons_;
  QStackedWidget* details_;
  std::vector<ParameterForm*> forms_;  // one per method: each keeps its input
  std::vector<PlanMethod> read_;       // of the plan that is shown
};

}  // namespace loom::ui
