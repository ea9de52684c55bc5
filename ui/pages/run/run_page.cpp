#include "ui/pages/run/run_page.h"

#include <QHeaderView>
#include <QSettings>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

#include "ui/execution/evaluation_controller.h"
#include "ui/execution/workspace.h"
#include "ui/pages/run/rate_graph.h"
#include "ui/pages/run/run_header.h"
#include "ui/pages/run/run_jobs_model.h"
#include "ui/pages/run/sample_panel.h"
#include "ui/shell/allow.h"
#include "ui/shell/icons.h"
#include "ui/shell/quantity_text.h"
#include "ui/shell/theme.h"
#include "ui/view_models/format.h"
#include "ui/view_models/history_reader.h"

namespace loom::ui {
namespace {

constexpr int kReadingPauseMs = 1000;
constexpr double kGraphPause = 1.0;  // seconds
constexpr size_t kReasons = 3;       // for failed samples, told on the page
const QString kSplitter = QStringLiteral("pages/run/splitter");

}  // namespace

RunPage::RunPage(Workspace& workspace, QWidget* parent)
    : Page(parent),
      workspace_(workspace),
      reader_(new HistoryReader(workspace.store_file(), this)),
      jobs_(new RunJobsModel(this)),
      shown_jobs_(new TroubledJobs(this)),
      action_(new QAction(this)) {
  shown_jobs_->setSourceModel(jobs_);
  reading_timer_.setSingleShot(true);
  reading_timer_.setInterval(kReadingPauseMs);
  connect(&reading_timer_, &QTimer::timeout, this, &RunPage::refresh);
  connect(action_, &QAction::triggered, this, &RunPage::act);
  lay_out();
  connect_controller();
  sample_->show_nothing(tr("No run is open."));
  show_state();
}

void RunPage::lay_out() {
  auto* right = new QWidget(this);
  auto* lower = new QVBoxLayout(right);
  lower->setContentsMargins(0, 0, 0, 0);
  lower->setSpacing(spacing::medium);
  sample_ = new SamplePanel(right);
  graph_ = new RateGraph(right);
  lower->addWidget(sample_, 1);
  lower->addWidget(graph_);
  splitter_ = new QSplitter(this);
  splitter_->addWidget(create_jobs());
  splitter_->addWidget(right);
  splitter_->setStretchFactor(0, 2);
  splitter_->setStretchFactor(1, 3);
  splitter_->setSizes({460, 640});
  splitter_->setChildrenCollapsible(false);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(spacing::page, 0, spacing::page, spacing::page);
  column->setSpacing(spacing::small);
  header_ = new RunHeader(this);
  column->addWidget(header_);
  column->addWidget(splitter_, 1);
}

QWidget* RunPage::create_jobs() {
  list_ = new QTreeView(this);
  list_->setObjectName(QStringLiteral("run_jobs"));
  list_->setAccessibleName(tr("Jobs of the run"));
  list_->setModel(shown_jobs_);
  list_->setRootIsDecorated(false);
  list_->setUniformRowHeights(true);
  list_->setAllColumnsShowFocus(true);
  list_->setTextElideMode(Qt::ElideMiddle);  // jobs of one task differ in their lengths
  list_->setToolTip(tr("Enter or a double click opens the samples of a job"));
  connect(list_, &QTreeView::activated, this, [this](const QModelIndex& index) {
    const auto row = static_cast<size_t>(shown_jobs_->mapToSource(index).row());
    if (row < jobs_->jobs().size()) Q_EMIT open_results(run_, jobs_->jobs()[row].job.index);
  });
  QHeaderView* header = list_->header();
  header->setStretchLastSection(false);
  header->setSectionResizeMode(RunJobsModel::name_column, QHeaderView::Stretch);
  header->setSectionResizeMode(RunJobsModel::progress_column, QHeaderView::ResizeToContents);
  header->setSectionResizeMode(RunJobsModel::score_column, QHeaderView::ResizeToContents);
  return list_;
}

void RunPage::connect_controller() {
  EvaluationController& controller = workspace_.controller();
  connect(header_, &RunHeader::cancel_wanted, this, &RunPage::give_up);
  connect(header_, &RunHeader::results_wanted, this, [this] { Q_EMIT open_results(run_, -1); });
  connect(header_, &RunHeader::ask_again_wanted, this,
          [this] { resume(Asked::unfinished_and_failed); });
  connect(header_, &RunHeader::kinds_chosen, shown_jobs_, &TroubledJobs::show_kinds);
  auto changed = [this](qint64 run) {
    if (run != run_) return;
    refresh();
    show_state();
  };
  connect(&controller, &EvaluationController::run_started, this, changed);
  connect(&controller, &EvaluationController::line_changed, this,
          [this, changed] { changed(run_); });
  connect(&controller, &EvaluationController::progressed, this, &RunPage::show_progress);
  connect(&controller, &EvaluationController::sample_started, this, [this](const SampleNews& news) {
    if (is_current()) sample_->show_started(news, job_name(news.job));
  });
  connect(&controller, &EvaluationController::token, this, [this](const QString& piece) {
    if (is_current()) sample_->add_token(piece);
  });
  connect(&controller, &EvaluationController::sample_finished, this,
          [this](const SampleNews& news) {
            if (!is_current()) return;
            sample_->show_finished(news, job_name(news.job));
            if (!reading_timer_.isActive()) reading_timer_.start();
          });
  connect(&controller, &EvaluationController::notice, this, [this](const QString& words) {
    if (is_current()) header_->show_notice(words);
  });
  connect(&controller, &EvaluationController::paused_changed, this, [this] { show_state(); });
  connect(&controller, &EvaluationController::run_ended, this,
          [this, changed](qint64 run, RunState state, const QString& error) {
            if (run != run_) return;
            row_.state = state;
            error_ = error;
            jobs_->show_stopped();
            changed(run);
          });
}

bool RunPage::is_current() const {
  return run_ != 0 && workspace_.controller().current_run() == run_;
}

void RunPage::show_run(qint64 run) {
  if (run != run_) {
    graphed_seconds_ = graphed_tokens_ = 0;
    graph_->clear();
  }
  run_ = run;
  row_ = {};
  error_.clear();
  failures_.clear();
  progress_ = {};
  header_->show_notice({});
  jobs_->show_jobs({}, false);
  jobs_->show_stopped();
  header_->show_all_kinds();
  if (is_current()) show_progress(workspace_.controller().progress());
  sample_->show_nothing(is_current() ? tr("Waiting for the next sample…")
                                     : tr("No sample is at work."));
  refresh();
  show_state();
}

QString RunPage::title() const {
  return row_.name.empty() ? tr("Run") : text(row_.name);
}

void RunPage::refresh() {
  if (run_ == 0) return;
  reader_->read<Reading>(
      [run = run_](const RunQueries& queries) -> Result<Reading> {
        Reading reading;
        LOOM_TRY(reading.row, queries.run(run));
        LOOM_TRY(reading.summary, queries.summary(run));
        if (reading.row.samples_failed > 0) {
          LOOM_TRY(reading.failures, queries.failures(run, kReasons));
        }
        return reading;
      },
      [this, run = run_](Result<Reading> reading) {
        if (run != run_) return;
        if (!reading) {
          Q_EMIT problem(reading.error());
        } else {
          show_reading(*reading);
        }
      });
}

void RunPage::show_reading(const Reading& reading) {
  row_ = reading.row;
  failures_ = reading.failures;
  jobs_->show_jobs(reading.summary.jobs, reading.summary.columns.size() > 1);
  if (is_current()) jobs_->show_progress(progress_);
  header_->show_counts(jobs_->jobs());
  show_state();
  Q_EMIT title_changed();
}

void RunPage::show_progress(const RunProgress& progress) {
  if (progress.run != run_) return;
  progress_ = progress;
  jobs_->show_progress(progress);
  const double passed = progress.elapsed_s - graphed_seconds_;
  if (passed >= kGraphPause) {
    const double tokens = std::max(0.0, progress.tokens_computed - graphed_tokens_);
    graph_->add(
        {progress.elapsed_s, tokens / passed, static_cast<double>(progress.peak_memory_bytes)});
    graphed_seconds_ = progress.elapsed_s;
    graphed_tokens_ = progress.tokens_computed;
  }
  show_state();
}

void RunPage::show_state() {
  const EvaluationController& controller = workspace_.controller();
  const bool current = is_current(), paused = current && controller.is_paused();
  const bool waiting = !current && controller.is_waiting(run_);
  RunState state = waiting ? RunState::created : row_.state;
  if (current) state = paused ? RunState::paused : RunState::running;
  const bool finished = is_finished(state);
  QStringList parts{state_word(state)};
  const size_t done = current ? progress_.samples_done : row_.samples_done;
  const size_t planned = current ? progress_.samples_planned : row_.samples_planned;
  if (planned > 0) parts << tr("%1 of %2 samples").arg(format_count(done), format_count(planned));
  size_t remembered = current ? progress_.remembered : 0;
  if (!current)
    for (const JobSummary& job : jobs_->jobs()) remembered += job.remembered;
  if (remembered > 0) parts << tr("%1 from earlier runs").arg(format_count(remembered));
  if (current && progress_.remaining_s && !paused)
    parts << tr("%1 left").arg(duration_text(*progress_.remaining_s));
  if (current && !paused && progress_.tokens_per_second > 0)
    parts << tr("%1 tokens/s").arg(format_count(static_cast<size_t>(progress_.tokens_per_second)));
  const double share = current        ? progress_.share
                       : planned == 0 ? 0.0
                                      : static_cast<double>(done) / static_cast<double>(planned);
  header_->show_state(state, parts.join(QStringLiteral(" · ")), share,
                      current   ? RunHeader::GiveUp::run_at_work
                      : waiting ? RunHeader::GiveUp::place_in_line
                                : RunHeader::GiveUp::nothing);
  header_->show_results_so_far(!finished && std::max(done, row_.samples_done) > 0);
  header_->show_ask_again(state == RunState::finished_with_failures, workspace_.read_only_reason());
  show_reasons(state);
  allow(*action_, run_ != 0 && !waiting, {},
        finished || current ? QString() : workspace_.read_only_reason());
  action_->setText(finished ? tr("Show results") : current && !paused ? tr("Pause") : tr("Resume"));
  action_->setIcon(icon(finished             ? Icon::chart
                        : current && !paused ? Icon::pause
                                             : Icon::play,
                        IconTone::on_accent));
}

void RunPage::show_reasons(RunState state) {
  QStringList reasons;
  const QString whole = error_.isEmpty() ? text(row_.message) : error_;
  if (state == RunState::failed && !whole.isEmpty()) reasons << whole;
  for (const FailureReason& failure : failures_)
    reasons
        << tr("%1 failed: %2").arg(format_count(failure.samples), text(describe(failure.reason)));
  header_->show_reasons(reasons);
}

void RunPage::act() {
  EvaluationController& controller = workspace_.controller();
  if (is_current()) return controller.set_paused(!controller.is_paused());
  if (is_finished(row_.state)) return Q_EMIT open_run(run_);
  resume(Asked::unfinished);
}

void RunPage::resume(Asked asked) {
  if (Status resumed = workspace_.controller().resume(run_, asked); !resumed)
    Q_EMIT problem(resumed.error());
  show_state();
}

void RunPage::give_up() {
  EvaluationController& controller = workspace_.controller();
  is_current() ? controller.cancel() : controller.take_from_line(run_);
}

QString RunPage::job_name(int job) const {
  return jobs_->index(job, RunJobsModel::name_column).data().toString();
}

void RunPage::save_state() const {
  QSettings().setValue(kSplitter, splitter_->saveState());
}

void RunPage::restore_state() {
  splitter_->restoreState(QSettings().value(kSplitter).toByteArray());
}

}  // namespace loom::ui
