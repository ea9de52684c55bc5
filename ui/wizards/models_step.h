// Second step: which models. What lies in the known folders is found by itself.
#pragma once

#include <map>

#include "ui/execution/model_finder.h"
#include "ui/wizards/model_cards.h"
#include "ui/wizards/wizard_step.h"

class QLabel;
class QListView;

namespace loom::ui {

class FieldMessage;
class Workspace;

class ModelsStep : public WizardStep {
  Q_OBJECT
 public:
  ModelsStep(Workspace& workspace, QWidget* parent);
  QString title() const override { return tr("Models"); }
  void read(const EvaluationPlan& plan) override;
  void write(EvaluationPlan& plan) const override;
  bool is_complete() const override;
  void explain() override;
  void entered(const EvaluationPlan& plan) override;
  QStringList not_taken() const override { return not_taken_; }
  // A GGUF file or the folder of a saved model.
  void add_model(const std::filesystem::path& path);
  bool is_changed() const { return changed_; }  // by the user
  void take_as_given() { changed_ = false; }
  bool is_searching() const { return finder_.is_searching(); }

 Q_SIGNALS:
  void searched();  // the list is complete, and what the plan wants is ticked where it is here

 private:
  void lay_out();
  void search();
  void choose(const std::set<std::filesystem::path>& paths);
  void show_found(const std::vector<LocalModel>& models);
  // Ticks the plan's models among those found; the rest is told.
  void take_wanted(const std::vector<LocalModel>& models, std::set<std::filesystem::path>& chosen);
  void pick_file();
  void pick_folder();

  Workspace& workspace_;
  ModelFinder finder_;
  ModelCards cards_;
  // Of the plan that is shown, by path or name, until the search has found them.
  std::vector<PlanModel> wanted_;
  // Names, templates and hub names as the plan has them, by the path of what was found.
  std::map<std::filesystem::path, PlanModel> as_planned_;
  QStringList not_taken_;
  std::vector<std::filesystem::path> added_;
  bool changed_ = false, choosing_ = false;
  QListView* list_;
  QLabel* state_;
  FieldMessage* message_;
};

}  // namespace loom::ui
