// The first page: three ways to start, what ran last, and what this machine has.
#pragma once

#include <QPointer>

#include "core/catalog/local_models.h"
#include "core/evaluation/evaluation_plan.h"
#include "ui/execution/estimate_worker.h"
#include "ui/execution/model_finder.h"
#include "ui/pages/page.h"

class QLabel;

namespace loom::ui {

class EvaluationWizard;
class HistoryReader;
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

  // The wizard, filled with a plan. Starting the run closes it and opens the run.
  EvaluationWizard* open_wizard(const EvaluationPlan& plan = {});
  // Runs a plan as it is.
  void start(const EvaluationPlan& plan);
  // The starter suite on the smallest model; waits until models have been looked for.
  void run_starter();

 private:
  QWidget* create_cards();
  QWidget* create_devices();
  void show_models(const std::vector<LocalModel>& models);
  void show_devices();
  void set_up_again(qint64 run);

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
  QLabel* devices_ = nullptr;
  QPointer<EvaluationWizard> wizard_;
};

}  // namespace loom::ui
