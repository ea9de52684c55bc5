// Last step: what will run, how long it will take and whether it fits, before it starts.
#pragma once

#include <map>

#include "core/execution/run_estimate.h"
#include "ui/wizards/wizard_step.h"

class QGridLayout;
class QLabel;
class QLineEdit;

namespace loom::ui {

class FieldMessage;
class Workspace;

class ReviewStep : public WizardStep {
  Q_OBJECT
 public:
  ReviewStep(const Workspace& workspace, QWidget* parent);
  QString title() const override { return tr("Review"); }
  void read(const EvaluationPlan& plan) override;
  void write(EvaluationPlan& plan) const override;
  bool is_complete() const override { return true; }
  void explain() override {}
  void entered(const EvaluationPlan& plan) override;

  void show_estimating();
  void show_estimate(const RunEstimate& estimate);
  void show_problem(const QString& problem);  // the plan cannot run, or no estimate could be made

 Q_SIGNALS:
  void change_wanted(int step);  // the user wants to edit this part

 private:
  QWidget* create_figures();
  void add_figure(QGridLayout& grid, const char* id, const QString& title);
  void add_row(QGridLayout& grid, const QString& title, QWidget& field, QWidget* change = nullptr);
  void add_part(QGridLayout& grid, const char* id, const QString& title, int step);
  void set_figure(const char* id, const QString& value);

  const Workspace& workspace_;
  bool named_by_user_ = false;
  QLineEdit *name_, *tags_;
  std::map<std::string, QLabel*> figures_, parts_;
  QLabel* warnings_;
  FieldMessage* problem_;
};

}  // namespace loom::ui
