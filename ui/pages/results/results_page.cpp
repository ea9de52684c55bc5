#include "ui/pages/results/results_page.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/execution/workspace.h"
#include "ui/pages/results/judge_dialog.h"
#include "ui/pages/results/judged_tab.h"
#include "ui/pages/results/lengths_tab.h"
#include "ui/pages/results/overview_tab.h"
#include "ui/pages/results/provenance_tab.h"
#include "ui/pages/results/results_export.h"
#include "ui/pages/results/samples_tab.h"
#include "ui/pages/results/tasks_tab.h"
#include "ui/shell/allow.h"
#include "ui/shell/icons.h"
#include "ui/shell/menu_place.h"
#include "ui/shell/theme.h"
#include "ui/view_models/format.h"
#include "ui/view_models/state_icon.h"

namespace loom::ui {

ResultsPage::ResultsPage(Workspace& workspace, QWidget* parent)
    : Page(parent),
      workspace_(workspace),
      history_(new HistoryReader(workspace.store_file(), this)),
      exports_(new ResultsExport(workspace, this)) {
  setObjectName(QStringLiteral("results_page"));
  create_tabs();
  message_ = new QLabel(tr("Open a run on the Runs page to see its results here."));
  message_->setAlignment(Qt::AlignCenter);
  stack_ = new QStackedWidget;
  stack_->addWidget(message_);
  stack_->addWidget(tabs_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(spacing::page, 0, spacing::page, spacing::page);
  layout->addWidget(create_partial_bar());
  layout->addWidget(stack_, 1);
  export_ = new QAction(icon(Icon::export_, IconTone::on_accent), tr("Export…"), this);
  export_->setEnabled(false);
  connect(export_, &QAction::triggered, this,
          [this] { exports_->menu()->popup(menu_place(*this, QStringLiteral("page_primary"))); });
  connect_tabs();
  connect(&workspace, &Workspace::runs_changed, this, &ResultsPage::refresh);
}

void ResultsPage::create_tabs() {
  overview_ = new OverviewTab;
  lengths_ = new LengthsTab;
  tasks_ = new TasksTab;
  samples_ = new SamplesTab(workspace_);
  judged_ = new JudgedTab;
  provenance_ = new ProvenanceTab;
  tabs_ = new QTabWidget;
  tabs_->setObjectName(QStringLiteral("results_tabs"));
  tabs_->setAccessibleName(tr("Parts of the results"));
  tabs_->setDocumentMode(true);
  tabs_->addTab(overview_, tr("Overview"));
  tabs_->addTab(lengths_, tr("Lengths"));
  tabs_->addTab(tasks_, tr("Tasks"));
  tabs_->addTab(samples_, tr("Samples"));
  tabs_->addTab(judged_, tr("Judged"));
  tabs_->addTab(provenance_, tr("Provenance"));
  create_buttons();
}

void ResultsPage::create_buttons() {
  again_ = new QToolButton;
  again_->setObjectName(QStringLiteral("run_again"));
  again_->setText(tr("Edit and run again…"));
  again_->setAccessibleName(tr("Edit and run again"));
  again_->setFocusPolicy(Qt::StrongFocus);
  again_->setEnabled(false);
  connect(again_, &QToolButton::clicked, this, [this] { Q_EMIT set_up_again(run_); });
  judge_ = new QToolButton;
  judge_->setObjectName(QStringLiteral("judge_answers"));
  judge_->setText(tr("Judge answers…"));
  judge_->setAccessibleName(tr("Judge answers"));
  judge_->setFocusPolicy(Qt::StrongFocus);
  judge_->setEnabled(false);
  connect(judge_, &QToolButton::clicked, this, &ResultsPage::judge_answers);
  auto* buttons = new QWidget;
  auto* row = new QHBoxLayout(buttons);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(spacing::hair);
  row->addWidget(again_);
  row->addWidget(judge_);
  tabs_->setCornerWidget(buttons);
}

QWidget* ResultsPage::create_partial_bar() {
  partial_bar_ = new QWidget;
  auto* row = new QHBoxLayout(partial_bar_);
  row->setContentsMargins(0, 0, 0, spacing::small);
  row->setSpacing(spacing::small);
  partial_icon_ = new QLabel;
  partial_ = new QLabel;
  partial_->setObjectName(QStringLiteral("partial_results"));
  partial_->setWordWrap(true);
  progress_ = new QPushButton;
  progress_->setObjectName(QStringLiteral("show_progress"));
  connect(progress_, &QPushButton::clicked, this, [this] { Q_EMIT open_progress(run_); });
  row->addWidget(partial_icon_);
  row->addWidget(partial_, 1);
  row->addWidget(progress_);
  partial_bar_->hide();
  return partial_bar_;
}

void ResultsPage::show_partial(const RunRow& row) {
  constexpr int icon_size = 16;
  partial_icon_->setPixmap(sign_icon(sign_of(row.state)).pixmap(icon_size, icon_size));
  const bool failures = row.state == RunState::finished_with_failures;
  partial_->setText(
      failures ? tr("%1 of %2 samples failed; no score counts them.")
                     .arg(format_count(row.samples_failed), format_count(row.samples_planned))
               : tr("Results so far: %1 of %2 samples. State of the run: %3.")
                     .arg(format_count(row.samples_done), format_count(row.samples_planned),
                          state_word(row.state)));
  progress_->setText(failures ? tr("Show failures") : tr("Show progress"));
  progress_->setToolTip(failures ? tr("Why they failed, and Ask failed samples again")
                                 : tr("What is left of this run, why samples failed, and Resume"));
  partial_bar_->setVisible(row.state != RunState::finished);
}

void ResultsPage::judge_answers() {
  if (judge_dialog_) {
    judge_dialog_->raise();
    return judge_dialog_->activateWindow();
  }
  judge_dialog_ = new JudgeDialog(workspace_, run_, name_, summary_, this);
  judge_dialog_->setAttribute(Qt::WA_DeleteOnClose);
  judge_dialog_->show();
}

void ResultsPage::connect_tabs() {
  connect(overview_, &OverviewTab::jobs_chosen, this, &ResultsPage::show_jobs);
  connect(lengths_, &LengthsTab::jobs_chosen, this, &ResultsPage::show_jobs);
  connect(lengths_, &LengthsTab::cell_chosen, this,
          [this](const QString& label, const std::vector<int>& jobs,
                 const std::pair<double, double>& depths) {
            tabs_->setCurrentWidget(samples_);
            samples_->show_jobs(label, jobs, depths);
          });
  connect(tasks_, &TasksTab::jobs_chosen, this, &ResultsPage::show_jobs);
  connect(overview_, &OverviewTab::only_chosen, this, [this](SamplesTab::Only only) {
    tabs_->setCurrentWidget(samples_);
    samples_->show_only(only);
  });
  connect(samples_, &SamplesTab::problem, this, &Page::problem);
}

QString ResultsPage::title() const {
  return name_.isEmpty() ? tr("Results") : name_;
}

void ResultsPage::show_run(qint64 run) {
  if (run != run_) {
    stack_->setCurrentIndex(0);
    partial_bar_->hide();
    message_->setText(tr("Reading the run…"));
  }
  run_ = run;
  history_->read<RunResults>(
      [run](const RunQueries& queries) { return read_run_results(queries, run); },
      [this](Result<RunResults> results) { show_results(std::move(results)); });
}

void ResultsPage::show_sample(qint64 run, qint64 sample) {
  wanted_sample_ = sample;
  show_run(run);
}

void ResultsPage::show_job(qint64 run, int job) {
  wanted_job_ = job;
  show_run(run);
}

void ResultsPage::show_results(Result<RunResults> results) {
  export_->setEnabled(results.has_value());
  allow(*again_, results.has_value(), tr("Opens the wizard with the plan of this run"),
        workspace_.read_only_reason());
  if (!results) {
    stack_->setCurrentIndex(0);
    partial_bar_->hide();
    wanted_job_.reset();
    message_->setText(tr("The run could not be read."));
    Q_EMIT problem(results.error());
    return;
  }
  name_ = text(results->row.name);
  overview_->set_results(*results);
  lengths_->set_results(*results);
  tasks_->set_summary(results->summary, results->provenance.plan.rule_set);
  samples_->set_run(run_, results->summary);
  judged_->set_results(*results);
  provenance_->set_results(*results);
  summary_ = results->summary;
  allow(*judge_, results->row.state != RunState::running && results->row.samples_done > 0,
        tr("Let a model grade the answers of this run"), workspace_.read_only_reason());
  exports_->set_run(run_, name_, results->summary, results->provenance.plan);
  stack_->setCurrentIndex(1);
  show_partial(results->row);
  if (wanted_job_) show_jobs(tr("Job %1").arg(*wanted_job_ + 1), {*wanted_job_});
  wanted_job_.reset();
  if (wanted_sample_ != 0) {
    tabs_->setCurrentWidget(samples_);
    samples_->show_sample(std::exchange(wanted_sample_, 0));
  }
  Q_EMIT title_changed();
  Q_EMIT loaded(run_);
}

void ResultsPage::show_jobs(const QString& label, const std::vector<int>& jobs) {
  if (jobs.empty()) return;
  tabs_->setCurrentWidget(samples_);
  samples_->show_jobs(label, jobs);
}

void ResultsPage::search(const QString& words) {
  if (run_ == 0) return;
  if (!words.isEmpty()) tabs_->setCurrentWidget(samples_);
  samples_->search(words);
}

void ResultsPage::refresh() {
  if (run_ != 0) show_run(run_);
}

void ResultsPage::save_state() const {
  tasks_->save_state();
  samples_->save_state();
}

void ResultsPage::restore_state() {
  tasks_->restore_state();
  samples_->restore_state();
}

}  // namespace loom::ui
