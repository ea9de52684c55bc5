// First step: what is evaluated.
#pragma once

#include <map>

#include "ui/wizards/benchmark_panel.h"
#include "ui/wizards/wizard_step.h"

class QHBoxLayout;
class QLineEdit;
class QToolButton;

namespace loom::ui {

class BenchmarkChecklist;
class FieldMessage;
class Workspace;

class BenchmarksStep : public WizardStep {
  Q_OBJECT
 public:
  BenchmarksStep(Workspace& workspace, QWidget* parent);
  QString title() const override { return tr("Benchmarks"); }
  void read(const EvaluationPlan& plan) override;
  void write(EvaluationPlan& plan) const override;
  bool is_complete() const override;
  void explain() override;
  QStringList not_taken() const override { return not_taken_; }

 private:
  void create_language_chips(QHBoxLayout& row);
  void create_suite_menu(QHBoxLayout& row);
  void lay_out();
  void select(const std::string& benchmark);
  std::string first_unfinished() const;  // a ticked benchmark whose settings make no sense yet
  // A ticked benchmark whose ticked tasks have no data at its lengths.
  std::string first_without_data() const;
  void settings_changed();
  void choice_changed();
  void filter();
  void add_benchmark();
  void show_new_catalog();
  const Catalog& catalog() const;  // the newest

  Workspace& workspace_;
  std::map<std::string, PlanBenchmark> settings_;  // lengths, samples, parameters by benchmark
  std::map<std::string, BenchmarkPanel::Draft> unfinished_;
  QStringList not_taken_;  // of the plan that was read
  std::string shown_;      // the benchmark in the panel
  QLineEdit* search_;
  std::vector<QToolButton*> languages_;
  BenchmarkChecklist* tree_;
  BenchmarkPanel* panel_;
  FieldMessage* message_;
};

}  // namespace loom::ui
