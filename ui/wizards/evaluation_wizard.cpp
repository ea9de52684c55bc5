#include "ui/wizards/evaluation_wizard.h"

#include <QFileDialog>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "core/base/text_file.h"
#include "ui/execution/evaluation_controller.h"
#include "ui/execution/workspace.h"
#include "ui/shell/field_message.h"
#include "ui/shell/reading_order.h"
#include "ui/view_models/format.h"
#include "ui/view_models/state_icon.h"
#include "ui/wizards/benchmarks_step.h"
#include "ui/wizards/method_step.h"
#include "ui/wizards/models_step.h"
#include "ui/wizards/plan_files.h"
#include "ui/wizards/plan_words.h"
#include "ui/wizards/review_step.h"
#include "ui/wizards/settings_step.h"

namespace loom::ui {
namespace {
constexpr int kEstimatePauseMs = 400;  // after the last edit
constexpr int kRailWidth = 180;
}  // namespace

EvaluationWizard::EvaluationWizard(Workspace& workspace, QWidget* parent)
    : Dialog(parent), workspace_(workspace), stack_(new QStackedWidget(this)) {
  setObjectName(QStringLiteral("evaluation_wizard"));
  setWindowTitle(tr("New evaluation"));
  setWindowModality(Qt::WindowModal);
  resize(1140, 720);
  const Catalog& catalog = workspace.catalog();
  lay_out();
  add_step(new BenchmarksStep(workspace, this));
  models_ = new ModelsStep(workspace, this);
  add_step(models_);
  add_step(new MethodStep(
      tr("Server"),
      tr("Where the models run. Servers kept in Settings judge answers; they run no models here."),
      catalog.servers, &EvaluationPlan::servers, this));
  add_step(new MethodStep(tr("Augmentation"),
                          tr("What is changed in how the model reads its prompt."),
                          catalog.augmentations, &EvaluationPlan::augmentations, this));
  add_step(new SettingsStep(catalog, this));
  review_ = new ReviewStep(workspace, this);
  add_step(review_);
  connect(review_, &ReviewStep::change_wanted, this, &EvaluationWizard::go_to);
  connect(models_, &ModelsStep::searched, this, &EvaluationWizard::show_opened);
  connect_estimates();
  show_step(0);
  // The list of steps comes first for Tab, but there is nothing to enter in it.
  if (const QList<QWidget*> stops = reading_order(step(0)); !stops.isEmpty())
    stops.first()->setFocus(Qt::OtherFocusReason);
  take_as_given();
}

EvaluationWizard::~EvaluationWizard() {
  workspace_.controller().cancel_estimate();
}

void EvaluationWizard::add_step(WizardStep* step) {
  steps_.push_back(step);
  stack_->addWidget(step);
  rail_->addItem(step->title());
  connect(step, &WizardStep::changed, this, [this] { changed_timer_.start(); });
}

QWidget* EvaluationWizard::create_rail() {
  rail_ = new QListWidget(this);
  rail_->setObjectName(QStringLiteral("wizard_steps"));
  rail_->setAccessibleName(tr("Steps"));
  rail_->setFixedWidth(kRailWidth);
  rail_->setFrameShape(QFrame::NoFrame);
  rail_->setIconSize({16, 16});
  rail_->viewport()->setAutoFillBackground(false);
  connect(rail_, &QListWidget::currentRowChanged, this, [this](int row) {
    if (row >= 0 && row != current_step() && !go_to(row)) rail_->setCurrentRow(current_step());
  });
  return rail_;
}

QWidget* EvaluationWizard::create_buttons() {
  auto* bar = new QWidget(this);
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  footer_ = new QLabel(bar);
  footer_->setObjectName(QStringLiteral("wizard_footer"));
  footer_->setWordWrap(true);
  row->addWidget(footer_, 1);
  auto button = [&](const QString& words, const char* name) {
    auto* made = new QPushButton(words, bar);
    made->setObjectName(QLatin1String(name));
    made->setAutoDefault(false);
    row->addWidget(made);
    return made;
  };
  save_ = button(tr("Save plan…"), "wizard_save");
  auto* cancel = button(tr("Cancel"), "wizard_cancel");
  back_ = button(tr("Back"), "wizard_back");
  next_ = button(tr("Next"), "wizard_next");
  next_->setDefault(true);
  next_->setProperty("primary", true);
  connect(save_, &QPushButton::clicked, this, &EvaluationWizard::ask_where_to_save);
  connect(cancel, &QPushButton::clicked, this, &EvaluationWizard::reject);
  connect(back_, &QPushButton::clicked, this, [this] { show_step(current_step() - 1); });
  connect(next_, &QPushButton::clicked, this, &EvaluationWizard::next);
  auto* back_key = new QShortcut(QKeySequence(QKeySequence::Back), this);
  connect(back_key, &QShortcut::activated, back_, &QPushButton::click);
  return bar;
}

void EvaluationWizard::lay_out() {
  auto* right = new QVBoxLayout;
  right->setSpacing(12);
  heading_ = new QLabel(this);
  QFont large = heading_->font();
  large.setPointSizeF(large.pointSizeF() * 1.4);
  large.setBold(true);
  heading_->setFont(large);
  right->addWidget(heading_);
  problems_ = new FieldMessage(this);
  problems_->setObjectName(QStringLiteral("plan_problems"));
  right->addWidget(problems_);
  right->addWidget(stack_, 1);
  auto* row = new QHBoxLayout;
  row->setSpacing(16);
  row->addWidget(create_rail());
  row->addLayout(right, 1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(16, 16, 16, 12);
  column->setSpacing(12);
  column->addLayout(row, 1);
  column->addWidget(create_buttons());
}

void EvaluationWizard::connect_estimates() {
  changed_timer_.setSingleShot(true);
  changed_timer_.setInterval(0);
  estimate_timer_.setSingleShot(true);
  estimate_timer_.setInterval(kEstimatePauseMs);
  connect(&changed_timer_, &QTimer::timeout, this, &EvaluationWizard::inputs_changed);
  connect(&estimate_timer_, &QTimer::timeout, this, &EvaluationWizard::request_estimate);
  EvaluationController& controller = workspace_.controller();
  connect(&controller, &EvaluationController::estimated, this, [this](const RunEstimate& estimate) {
    estimating_ = false;
    estimate_ = estimate;
    review_->show_estimate(estimate);
    update_footer();
  });
  connect(&controller, &EvaluationController::estimate_failed, this, [this](const QString& error) {
    estimating_ = false;
    estimate_.reset();
    review_->show_problem(error);
    update_footer();
  });
}

void EvaluationWizard::set_plan(const EvaluationPlan& plan) {
  opened_ = plan;
  plan_problems_.clear();
  review_wanted_ = false;
  for (WizardStep* step : steps_) step->read(plan);
  take_as_given();
  inputs_changed();
}

EvaluationPlan EvaluationWizard::plan() const {
  EvaluationPlan plan = opened_;
  for (const WizardStep* step : steps_) step->write(plan);
  return plan;
}

int EvaluationWizard::current_step() const {
  return stack_->currentIndex();
}

bool EvaluationWizard::go_to(int target) {
  if (target != current_step()) plan_problems_.erase(current_step());  // has been read
  for (int i = 0; i < target; ++i) {
    if (plan_problems_.contains(i)) {
      show_step(i);
      return false;
    }
    if (step(i).is_complete()) continue;
    show_step(i);
    step(i).explain();
    return false;
  }
  show_step(target);
  return true;
}

void EvaluationWizard::next() {
  const int current = current_step();
  if (!step(current).is_complete()) return step(current).explain();
  if (current + 1 < step_count()) {
    go_to(current + 1);
  } else if (go_to(current)) {
    Q_EMIT run_wanted();
  }
}

void EvaluationWizard::show_step(int index) {
  review_wanted_ = false;  // whoever goes somewhere stays there
  furthest_ = std::max(furthest_, index);
  stack_->setCurrentIndex(index);
  heading_->setText(step(index).title());
  show_plan_problems();
  const bool last = index + 1 == step_count();
  step(index).entered(plan());
  back_->setEnabled(index > 0);
  next_->setText(last ? tr("Run evaluation") : tr("Next"));
  save_->setVisible(last);
  rail_->setCurrentRow(index);
  inputs_changed();
}

void EvaluationWizard::inputs_changed() {
  for (int i = 0; i < step_count(); ++i) {
    const bool doubtful = plan_problems_.contains(i);
    const bool ticked =
        !doubtful && i <= furthest_ && step(i).is_complete() && i + 1 < step_count();
    rail_->item(i)->setIcon(sign_icon(doubtful ? Sign::attention
                                      : ticked ? Sign::done
                                               : Sign::waiting));
    rail_->item(i)->setData(Qt::AccessibleTextRole,
                            doubtful ? tr("%1, needs a look").arg(step(i).title())
                            : ticked ? tr("%1, done").arg(step(i).title())
                                     : step(i).title());
    rail_->item(i)->setToolTip(doubtful ? tr("Not all of the opened plan could be taken over")
                                        : QString());
  }
  const EvaluationPlan entered = plan();
  const bool last = current_step() + 1 == step_count();
  nlohmann::json asked = to_json(entered);
  asked.erase("name");
  // A measured estimate of the same work stays; typing a name costs nothing.
  if (asked == asked_ && (asked_measured_ || !last)) return update_footer();
  asked_ = std::move(asked);
  asked_measured_ = last;
  estimate_.reset();
  workspace_.controller().cancel_estimate();
  estimating_ = !entered.benchmarks.empty() && !entered.models.empty();
  if (estimating_) {
    estimate_timer_.start();
  } else {
    estimate_timer_.stop();
  }
  update_footer();
}

void EvaluationWizard::request_estimate() {
  if (asked_measured_) review_->show_estimating();
  // Measuring loads the model: worth it only when the user is about to run.
  workspace_.controller().estimate(plan(), asked_measured_);
}

void EvaluationWizard::update_footer() {
  QString line = plan_line(count_plan(plan(), workspace_.catalog()), estimate_);
  if (estimating_) line += tr(" · estimating…");
  footer_->setText(line);
  footer_->setAccessibleName(line);
}

Status EvaluationWizard::save_plan(const std::filesystem::path& file) const {
  return write_file(file, to_json(plan()).dump(2) + "\n");
}

void EvaluationWizard::ask_where_to_save() {
  const QString file = QFileDialog::getSaveFileName(
      this, tr("Save plan"), QStringLiteral("plan.json"), tr("Plans (*.json)"));
  if (file.isEmpty()) return;
  if (Status saved = save_plan(file.toStdString()); !saved) return show_problem(saved.error());
  remember_plan_file(file, plan(), workspace_.catalog());
  take_as_given();
}

void EvaluationWizard::show_problem(const Error& error) {
  review_->show_problem(text(describe(error)));
}

}  // namespace loom::ui
