// The first page: three ways to start, runs and plans of late, and what this machine has.
#pragma once

#include <QPointer>

#include "core/catalog/local_models.h"
#include "core/evaluation/evaluation_plan.h"
#include "ui/execution/estimate_worker.h"
#include "ui/execution/model_finder.h"
#include "ui/pages/page.h"

class QFileDialog;
class QLabel;
class QTabWidget;

namespace loom::ui {

class EvaluationWizard;
class HistoryReader;
class RecentPlans;
class RecentRuns;
class StarterCard;
class Workspace;

class EvaluatePage : public Page {
  Q_OBJECT
 public:
  explicit EvaluatePage(Workspace& workspace, QWidget* parent = nullptr);
  QString title() const override { return tr("Evaluate"); }
  QString help_topic() const override { return QStringLiteral("evaluate"); }
  QAction* primary_action() override { return new_; }
  void refresh() override;

  // The wizard, filled with a plan. Starting the run closes it and opens the run. Null where the
  // history can only be read.
  EvaluationWizard* open_wizard(const EvaluationPlan& plan = {});
  // The wizard at its Review, filled with a saved plan, or with that of an earlier run.
  void open_plan_file(const QString& file);
  void edit_and_run_again(qint64 run);
  void choose_plan();  // asks for the file
  // Runs a plan as it is.
  void start(const EvaluationPlan& plan);
  // The starter suite on the smallest model; waits until models have been looked for.
  void run_starter();

 private:
  QWidget* create_cards();
  QWidget* create_devices();
  QWidget* create_downloads();
  void show_models(const std::vector<LocalModel>& models);
  void show_devices();
  void show_downloads();
  QWidget* create_recent();
  void open_in_wizard(const EvaluationPlan& plan);
  bool may_run();  // else says why not

  Workspace& workspace_;
  ModelFinder finder_;
  EstimateWorker estimates_;  // of the starter suite
  HistoryReader* reader_;
  std::vector<LocalModel> models_;
  bool starter_wanted_ = false;  // as soon as models are found
  QString starter_detail_;
  QAction* new_;
  StarterCard *starter_ = nullptr, *memory_ = nullptr, *comparison_ = nullptr;
  RecentRuns* recent_ = nullptr;
  RecentPlans* plans_ = nullptr;
  QPointer<QFileDialog> plan_dialog_;
  QLabel *devices_ = nullptr, *downloads_ = nullptr;
  QPointer<EvaluationWizard> wizard_;
};

}  // namespace loom::ui
