// Sets up an evaluation: Benchmarks → Models → Server → Augmentation → Settings → Review. The
// result is a plan; starting it is the caller's.
#pragma once

#include <QPointer>
#include <QTimer>
#include <map>
#include <optional>

#include "core/execution/run_estimate.h"
#include "ui/shell/dialog.h"

class QLabel;
class QListWidget;
class QMessageBox;
class QPushButton;
class QStackedWidget;

namespace loom::ui {

class FieldMessage;
class ModelsStep;
class ReviewStep;
class WizardStep;
class Workspace;

class EvaluationWizard : public Dialog {
  Q_OBJECT
 public:
  explicit EvaluationWizard(Workspace& workspace, QWidget* parent = nullptr);
  ~EvaluationWizard() override;
  void set_plan(const EvaluationPlan& plan);
  // A saved plan, or that of an earlier run: every page is filled and Review shown, or the first
  // page that could not take over all of its part and says what.
  void open_plan(const EvaluationPlan& plan);
  EvaluationPlan plan() const;  // as entered so far
  int current_step() const;
  int step_count() const { return static_cast<int>(steps_.size()); }
  WizardStep& step(int index) { return *steps_.at(static_cast<size_t>(index)); }
  // Forward only past steps that are complete; the first one that is not explains itself.
  bool go_to(int step);
  Status save_plan(const std::filesystem::path& file) const;
  bool has_entries() const;  // more than the plan that it was opened with
  // The history could not take the plan: said on the last step.
  void show_problem(const Error& error);

 Q_SIGNALS:
  // Run was pressed. The wizard stays until the receiver closes it or shows a problem.
  void run_wanted();

 public Q_SLOTS:
  void reject() override;  // asks when something was entered

 private:
  nlohmann::json entries() const;
  void take_as_given();  // what is entered now is not lost by closing
  void add_step(WizardStep* step);
  QWidget* create_rail();
  QWidget* create_buttons();
  void lay_out();
  void connect_estimates();
  void next();
  void ask_where_to_save();
  void show_step(int step);
  void show_opened();  // as soon as the models have been looked for
  void show_plan_problems();
  void inputs_changed();
  void update_footer();
  void request_estimate();

  Workspace& workspace_;
  EvaluationPlan opened_;                     // keeps what no page shows
  std::map<int, QStringList> plan_problems_;  // of the opened plan by step, until it is left
  bool review_wanted_ = false;                // an opened plan waits for its models
  std::vector<WizardStep*> steps_;
  ModelsStep* models_ = nullptr;
  ReviewStep* review_ = nullptr;
  QPointer<QMessageBox> question_;
  QListWidget* rail_ = nullptr;
  QStackedWidget* stack_ = nullptr;
  QLabel *heading_ = nullptr, *footer_ = nullptr;
  FieldMessage* problems_ = nullptr;
  QPushButton *back_ = nullptr, *next_ = nullptr, *save_ = nullptr;
  QTimer changed_timer_, estimate_timer_;
  std::optional<RunEstimate> estimate_;
  bool estimating_ = false;
  nlohmann::json given_;  // entries that were there at the start, or that were saved
  nlohmann::json asked_;  // the plan that the estimate is of, without its name
  bool asked_measured_ = false;
  int furthest_ = 0;  // steps up to here have been seen and carry ticks
};

}  // namespace loom::ui
