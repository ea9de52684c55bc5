#include "app/desktop/page_links.h"

#include <QCoreApplication>

#include "ui/execution/evaluation_controller.h"
#include "ui/execution/workspace.h"
#include "ui/pages/benchmarks/benchmarks_page.h"
#include "ui/pages/compare/compare_page.h"
#include "ui/pages/compare/together_page.h"
#include "ui/pages/evaluate/evaluate_page.h"
#include "ui/pages/models/models_page.h"
#include "ui/pages/results/results_page.h"
#include "ui/pages/run/run_page.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/settings/settings_page.h"
#include "ui/shell/main_window.h"
#include "ui/shell/theme.h"

namespace loom::desktop {
namespace {

using ui::MainWindow;

const QString kEvaluate = QStringLiteral("evaluate"), kRuns = QStringLiteral("runs"),
              kCompare = QStringLiteral("compare"), kRun = QStringLiteral("run"),
              kResults = QStringLiteral("results"), kTogether = QStringLiteral("together");

// The factory below made each page under its id, so the type is known.
template <typename PageType>
PageType& page(MainWindow& window, const QString& id) {
  return *static_cast<PageType*>(window.page(id));
}

ui::EvaluatePage& evaluate_page(MainWindow& window) {
  window.show_page(kEvaluate);
  return page<ui::EvaluatePage>(window, kEvaluate);
}

// A run that goes on, or that is to go on, is looked at where it can be; of one that was ended its
// results are wanted, as far as there are any.
bool shows_results(ui::Workspace& workspace, qint64 run) {
  auto row = workspace.queries().run(run);
  if (!row || workspace.controller().current_run() == run || workspace.controller().is_waiting(run))
    return false;
  const bool ended_early = row->state == RunState::failed || row->state == RunState::cancelled;
  return is_finished(row->state) || (ended_early && row->samples_done > 0);
}

void open_progress(MainWindow& window, qint64 run) {
  page<ui::RunPage>(window, kRun).show_run(run);
  window.show_page(kRun);
}

void open_results(MainWindow& window, qint64 run, int job) {
  auto& results = page<ui::ResultsPage>(window, kResults);
  job < 0 ? results.show_run(run) : results.show_job(run, job);
  window.show_page(kResults);
}

void open_run(MainWindow& window, ui::Workspace& workspace, qint64 run) {
  shows_results(workspace, run) ? open_results(window, run, -1) : open_progress(window, run);
}

void open_sample(MainWindow& window, qint64 run, qint64 sample) {
  page<ui::ResultsPage>(window, kResults).show_sample(run, sample);
  window.show_page(kResults);
}

void open_comparison(MainWindow& window, const QList<qint64>& runs) {
  page<ui::ComparePage>(window, kCompare).show_runs(runs);
  window.show_page(kCompare);
}

void open_together(MainWindow& window, const QList<qint64>& runs) {
  page<ui::TogetherPage>(window, kTogether).show_runs(runs);
  window.show_page(kTogether);
}

ui::Page* make_runs(MainWindow& window, ui::Workspace& workspace) {
  auto* runs = new ui::RunsPage(workspace);
  QObject::connect(runs, &ui::RunsPage::starter_evaluation, &window,
                   [&window] { evaluate_page(window).run_starter(); });
  return runs;
}

void connect_requests(MainWindow& window, ui::Workspace& workspace) {
  QObject::connect(&window, &MainWindow::evaluation_requested, &window,
                   [&window] { evaluate_page(window).open_wizard(); });
  QObject::connect(&window, &MainWindow::again_requested, &window,
                   [&window](qint64 run) { evaluate_page(window).edit_and_run_again(run); });
  QObject::connect(&window, &MainWindow::plan_requested, &window,
                   [&window] { evaluate_page(window).choose_plan(); });
  QObject::connect(&window, &MainWindow::plan_dropped, &window,
                   [&window](const QString& file) { open_plan(window, file); });
  QObject::connect(&window, &MainWindow::run_requested, &window,
                   [&](qint64 run) { open_run(window, workspace, run); });
  QObject::connect(&window, &MainWindow::progress_requested, &window,
                   [&](qint64 run) { open_progress(window, run); });
  QObject::connect(&window, &MainWindow::results_requested, &window,
                   [&](qint64 run, int job) { open_results(window, run, job); });
  QObject::connect(&window, &MainWindow::sample_requested, &window,
                   [&](qint64 run, qint64 sample) { open_sample(window, run, sample); });
  QObject::connect(&window, &MainWindow::together_requested, &window,
                   [&](const QList<qint64>& runs) { open_together(window, runs); });
  QObject::connect(&window, &MainWindow::comparison_requested, &window,
                   [&](const QList<qint64>& runs) { open_comparison(window, runs); });
}

}  // namespace

void open_plan(MainWindow& window, const QString& file) {
  evaluate_page(window).open_plan_file(file);
}

void add_pages(MainWindow& window, ui::Workspace& workspace, ui::Theme& theme) {
  using ui::Icon;
  auto tr = [](const char* text) { return QCoreApplication::translate("loom::desktop", text); };
  window.add_page(kEvaluate, Icon::evaluate, tr("Evaluate"),
                  [&] { return new ui::EvaluatePage(workspace); });
  window.add_page(kRuns, Icon::runs, tr("Runs"), [&] { return make_runs(window, workspace); });
  window.add_page(kCompare, Icon::compare, tr("Compare"),
                  [&] { return new ui::ComparePage(workspace); });
  window.add_page(QStringLiteral("models"), Icon::models, tr("Models"),
                  [&] { return new ui::ModelsPage(workspace); });
  window.add_page(QStringLiteral("benchmarks"), Icon::benchmarks, tr("Benchmarks"),
                  [&] { return new ui::BenchmarksPage(workspace); });
  window.add_page(QStringLiteral("settings"), Icon::settings, tr("Settings"),
                  [&] { return new ui::SettingsPage(workspace, theme); });
  window.add_inner_page(kRun, kRuns, [&] { return new ui::RunPage(workspace); });
  window.add_inner_page(kResults, kRuns, [&] { return new ui::ResultsPage(workspace); });
  window.add_inner_page(kTogether, kRuns, [&] { return new ui::TogetherPage(workspace); });
  connect_requests(window, workspace);
}

}  // namespace loom::desktop
