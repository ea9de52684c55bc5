#include "ui/pages/evaluate/evaluate_page.h"

#include <QAction>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QSettings>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <utility>

#include "core/catalog/local_devices.h"
#include "ui/execution/downloads.h"
#include "ui/execution/evaluation_controller.h"
#include "ui/execution/workspace.h"
#include "ui/pages/evaluate/recent_plans.h"
#include "ui/pages/evaluate/recent_runs.h"
#include "ui/pages/evaluate/starter_card.h"
#include "ui/pages/evaluate/starter_plans.h"
#include "ui/shell/allow.h"
#include "ui/shell/quantity_text.h"
#include "ui/shell/theme.h"
#include "ui/view_models/format.h"
#include "ui/view_models/history_reader.h"
#include "ui/wizards/evaluation_wizard.h"
#include "ui/wizards/plan_files.h"

namespace loom::ui {
namespace {
constexpr size_t kRecentRuns = 12;
const QString kPlanFolder = QStringLiteral("plans/folder");
}  // namespace

EvaluatePage::EvaluatePage(Workspace& workspace, QWidget* parent)
    : Page(parent),
      workspace_(workspace),
      reader_(new HistoryReader(workspace.store_file(), this)),
      new_(new QAction(tr("New evaluation"), this)) {
  new_->setIcon(icon(Icon::add, IconTone::on_accent));
  allow(*new_, true, {}, workspace.read_only_reason());
  connect(new_, &QAction::triggered, this, [this] { open_wizard(); });
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(spacing::page, 0, spacing::page, spacing::page);
  column->setSpacing(spacing::large);
  column->addWidget(create_cards());
  column->addWidget(create_recent(), 1);
  column->addWidget(create_devices());
  column->addWidget(create_downloads());
  connect(&finder_, &ModelFinder::found, this, &EvaluatePage::show_models);
  connect(&estimates_, &EstimateWorker::estimated, this, [this](const RunEstimate& estimate) {
    if (!estimate.seconds) return;
    starter_->set_detail(starter_detail_ + QStringLiteral(" · ") +
                         tr("about %1").arg(duration_text(*estimate.seconds)));
  });
  connect(&workspace_, &Workspace::runs_changed, this, &EvaluatePage::refresh);
  connect(&workspace_, &Workspace::folders_changed, this, &EvaluatePage::refresh);
}

QWidget* EvaluatePage::create_cards() {
  auto* area = new QWidget(this);
  area->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
  auto* row = new QHBoxLayout(area);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(spacing::medium);
  starter_ = new StarterCard(Icon::evaluate, QStringLiteral("starter_card"), tr("Starter suite"),
                             tr("Ten short tasks over six capabilities on a small model: see what "
                                "an evaluation gives."),
                             tr("Run starter suite"), area);
  memory_ =
      new StarterCard(Icon::memory, QStringLiteral("memory_card"), tr("How far does it remember?"),
                      tr("Facts hidden in longer and longer documents, a curve over the "
                         "length and a map over the depth."),
                      tr("Set up…"), area);
  comparison_ = new StarterCard(
      Icon::compare, QStringLiteral("comparison_card"), tr("Compare models on LOOMBENCH"),
      tr("Twelve benchmarks on several models: scores side by side, each with "
         "its interval. Some of the data is fetched first."),
      tr("Set up…"), area);
  for (StarterCard* card : {starter_, memory_, comparison_}) {
    card->forbid(workspace_.read_only_reason());
    row->addWidget(card, 1);
  }
  area->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
  connect(starter_, &StarterCard::pressed, this, &EvaluatePage::run_starter);
  connect(memory_, &StarterCard::pressed, this,
          [this] { open_wizard(memory_plan(smallest_answering(models_), workspace_.catalog())); });
  connect(comparison_, &StarterCard::pressed, this, [this] {
    open_wizard(comparison_plan(models_, workspace_.catalog(), workspace_.data_folder()));
  });
  comparison_->set_enabled(
      !comparison_plan({}, workspace_.catalog(), workspace_.data_folder()).benchmarks.empty());
  starter_->set_enabled(false);
  starter_->set_detail(tr("Looking for models…"));
  memory_->set_enabled(!memory_plan(nullptr, workspace_.catalog()).benchmarks.empty());
  return area;
}

QWidget* EvaluatePage::create_recent() {
  recent_ = new RecentRuns(this);
  connect(recent_, &RecentRuns::open_wanted, this, &EvaluatePage::open_run);
  recent_->forbid_again(workspace_.read_only_reason());
  connect(recent_, &RecentRuns::again_wanted, this, &EvaluatePage::edit_and_run_again);
  plans_ = new RecentPlans(this);
  connect(plans_, &RecentPlans::open_wanted, this, &EvaluatePage::open_plan_file);
  auto* tabs = new QTabWidget(this);
  tabs->setObjectName(QStringLiteral("recent_tabs"));
  tabs->setAccessibleName(tr("Recent runs and plans"));
  tabs->setDocumentMode(true);
  tabs->addTab(recent_, tr("Recent runs"));
  tabs->addTab(plans_, tr("Recent plans"));
  auto* open = new QToolButton(tabs);
  open->setObjectName(QStringLiteral("open_plan"));
  open->setText(tr("Open plan…"));
  open->setIcon(icon(Icon::open));
  open->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  open->setAccessibleName(tr("Open a saved plan"));
  allow(*open, true, tr("Fills the wizard with a saved plan (Ctrl+O)"),
        workspace_.read_only_reason());
  open->setFocusPolicy(Qt::StrongFocus);
  connect(open, &QToolButton::clicked, this, &EvaluatePage::choose_plan);
  tabs->setCornerWidget(open);
  return tabs;
}

QWidget* EvaluatePage::create_devices() {
  devices_ = new QLabel(this);
  devices_->setObjectName(QStringLiteral("devices"));
  devices_->setAccessibleName(tr("Devices of this machine"));
  devices_->setTextFormat(Qt::PlainText);
  devices_->setForegroundRole(QPalette::PlaceholderText);
  return devices_;
}

QWidget* EvaluatePage::create_downloads() {
  downloads_ = new QLabel(this);
  downloads_->setObjectName(QStringLiteral("downloads"));
  downloads_->setAccessibleName(tr("What is being fetched"));
  downloads_->setTextFormat(Qt::PlainText);
  downloads_->setWordWrap(true);
  connect(&workspace_.downloads().work(), &FileWork::changed, this, &EvaluatePage::show_downloads);
  show_downloads();
  return downloads_;
}

void EvaluatePage::show_downloads() {
  const FileWork& work = workspace_.downloads().work();
  downloads_->setVisible(work.is_busy());
  if (!work.is_busy()) return;
  QStringList parts{work.title()};
  if (const QString detail = work.detail(); !detail.isEmpty()) parts << detail;
  if (work.waiting() > 0) parts << tr("%1 in line").arg(work.waiting());
  downloads_->setText(parts.join(QStringLiteral(" · ")));
}

void EvaluatePage::refresh() {
  finder_.search(workspace_.model_folders());
  show_devices();
  plans_->refresh();
  reader_->read<std::vector<RunRow>>(
      [](const RunQueries& queries) { return queries.runs({}, 0, kRecentRuns); },
      [this](Result<std::vector<RunRow>> runs) {
        if (!runs) {
          Q_EMIT problem(runs.error());
        } else {
          recent_->show_runs(*runs);
        }
      });
}

void EvaluatePage::show_models(const std::vector<LocalModel>& models) {
  models_ = models;
  const LocalModel* model = smallest_answering(models_);
  starter_->set_enabled(model != nullptr);
  if (!model) {
    const QString hint = tr("No model was found. Add one on the Models page.");
    for (StarterCard* card : {starter_, memory_, comparison_}) card->set_detail(hint);
    return;
  }
  starter_detail_ = text(model->name);
  starter_->set_detail(starter_detail_);
  memory_->set_detail(
      tr("%1, window: %2")
          .arg(text(model->name), window_text(model->window_tokens, model->recurrent)));
  const size_t usable =
      comparison_plan(models_, workspace_.catalog(), workspace_.data_folder()).models.size();
  comparison_->set_detail(usable == 1 ? tr("1 model found; add others on the Models page")
                                      : tr("%1 models found").arg(format_count(usable)));
  if (std::exchange(starter_wanted_, false)) run_starter();
  RunEnvironment environment = workspace_.controller().environment();
  estimates_.request(starter_plan(model->path.string()), environment, false);
}

void EvaluatePage::show_devices() {
  QStringList lines;
  for (const LocalDevice& device : find_devices()) {
    QString line = text(device.name);
    if (device.cores > 0)
      line += QStringLiteral(" · ") +
              (device.cores == 1 ? tr("1 core") : tr("%1 cores").arg(device.cores));
    if (device.memory_bytes > 0)
      line += QStringLiteral(" · ") +
              tr("%1 of %2 free")
                  .arg(bytes_text(device.memory_free_bytes), bytes_text(device.memory_bytes));
    lines << line;
  }
  devices_->setText(lines.join(QLatin1Char('\n')));
}

bool EvaluatePage::may_run() {
  const QString reason = workspace_.read_only_reason();
  if (!reason.isEmpty())
    Q_EMIT problem(
        Error{ErrorKind::io, reason.toStdString(), workspace_.store_file().string(), ""});
  return reason.isEmpty();
}

EvaluationWizard* EvaluatePage::open_wizard(const EvaluationPlan& plan) {
  if (!may_run()) return nullptr;
  if (!wizard_) {
    wizard_ = new EvaluationWizard(workspace_, window());
    wizard_->setAttribute(Qt::WA_DeleteOnClose);
    connect(wizard_, &QDialog::finished, plans_, &RecentPlans::refresh);  // plans were saved
    connect(wizard_, &EvaluationWizard::run_wanted, this, [this] {
      auto run = workspace_.controller().start(wizard_->plan());
      if (!run) return wizard_->show_problem(run.error());
      wizard_->accept();
      Q_EMIT open_run(*run);
    });
    wizard_->set_plan(plan);
  }
  wizard_->open();
  wizard_->raise();
  return wizard_;
}

// What somebody is entering is not replaced.
void EvaluatePage::open_in_wizard(const EvaluationPlan& plan) {
  const bool at_work = wizard_ && wizard_->isVisible() && wizard_->has_entries();
  EvaluationWizard* wizard = open_wizard();
  if (wizard && !at_work) wizard->open_plan(plan);
}

void EvaluatePage::open_plan_file(const QString& file) {
  auto plan = read_plan_file(file);
  if (!plan) {
    Q_EMIT problem(plan.error());
    plans_->refresh();
    return;
  }
  remember_plan_file(file, *plan, workspace_.catalog());
  plans_->refresh();
  Q_EMIT problem(Error{});  // of a file before
  open_in_wizard(*plan);
}

void EvaluatePage::choose_plan() {
  if (!may_run()) return;
  if (plan_dialog_) return plan_dialog_->raise();
  const QString folder = QSettings().value(kPlanFolder).toString();
  plan_dialog_ = new QFileDialog(window(), tr("Open plan"), folder, tr("Plans (*.json)"));
  plan_dialog_->setObjectName(QStringLiteral("open_plan_dialog"));
  plan_dialog_->setAttribute(Qt::WA_DeleteOnClose);
  plan_dialog_->setFileMode(QFileDialog::ExistingFile);
  connect(plan_dialog_, &QFileDialog::fileSelected, this, [this](const QString& file) {
    QSettings().setValue(kPlanFolder, QFileInfo(file).absolutePath());
    open_plan_file(file);
  });
  plan_dialog_->open();
}

void EvaluatePage::start(const EvaluationPlan& plan) {
  auto run = workspace_.controller().start(plan);
  if (!run) {
    Q_EMIT problem(run.error());
  } else {
    Q_EMIT open_run(*run);
  }
}

void EvaluatePage::run_starter() {
  if (!may_run()) return;
  starter_wanted_ = models_.empty() && finder_.is_searching();
  if (const LocalModel* model = smallest_answering(models_))
    start(starter_plan(model->path.string()));
}

void EvaluatePage::edit_and_run_again(qint64 run) {
  auto plan = workspace_.store().plan(run);
  if (!plan) {
    Q_EMIT problem(plan.error());
  } else {
    open_in_wizard(*plan);
  }
}

}  // namespace loom::ui
