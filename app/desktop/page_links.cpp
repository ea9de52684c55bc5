#include "app/desktop/page_links.h"

#include "ui/execution/workspace.h"
#include "ui/pages/benchmarks/benchmarks_page.h"
#include "ui/pages/evaluate/evaluate_page.h"
#include "ui/pages/models/models_page.h"
#include "ui/pages/run/run_page.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/settings/settings_page.h"
#include "ui/shell/main_window.h"
#include "ui/shell/theme.h"

namespace loom::desktop {
namespace {

const QString kEvaluate = QStringLiteral("evaluate"), kRun = QStringLiteral("run");

void set_up_evaluation(ui::MainWindow& window) {
  auto* page = static_cast<ui::EvaluatePage*>(window.page(kEvaluate));
  window.show_page(kEvaluate);
  page->open_wizard();
}

void open_run(ui::MainWindow& window, qint64 run) {
  static_cast<ui::RunPage*>(window.page(kRun))->show_run(run);
  window.show_page(kRun);
}

}  // namespace

void add_pages(ui::MainWindow& window, ui::Workspace& workspace, ui::Theme& theme) {
  using ui::Icon;
  auto tr = [](const char* text) { return ui::MainWindow::tr(text); };
  window.add_page(kEvaluate, Icon::evaluate, tr("Evaluate"),
                  [&] { return new ui::EvaluatePage(workspace); });
  window.add_page(QStringLiteral("runs"), Icon::runs, tr("Runs"),
                  [&] { return new ui::RunsPage(workspace); });
  window.add_page(QStringLiteral("models"), Icon::models, tr("Models"),
                  [&] { return new ui::ModelsPage(workspace); });
  window.add_page(QStringLiteral("benchmarks"), Icon::benchmarks, tr("Benchmarks"),
                  [&] { return new ui::BenchmarksPage(workspace); });
  window.add_page(QStringLiteral("settings"), Icon::settings, tr("Settings"),
                  [&] { return new ui::SettingsPage(workspace, theme); });
  window.add_inner_page(kRun, kEvaluate, [&] { return new ui::RunPage(workspace); });
  QObject::connect(&window, &ui::MainWindow::evaluation_requested, &window,
                   [&window] { set_up_evaluation(window); });
  QObject::connect(&window, &ui::MainWindow::run_requested, &window,
                   [&window](qint64 run) { open_run(window, run); });
}

}  // namespace loom::desktop
