#include "app/desktop/page_links.h"

#include "ui/execution/workspace.h"
#include "ui/pages/benchmarks/benchmarks_page.h"
#include "ui/pages/models/models_page.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/settings/settings_page.h"
#include "ui/shell/main_window.h"
#include "ui/shell/theme.h"

namespace loom::desktop {

void add_pages(ui::MainWindow& window, ui::Workspace& workspace, ui::Theme& theme) {
  using ui::Icon;
  auto tr = [](const char* text) { return ui::MainWindow::tr(text); };
  window.add_page(QStringLiteral("runs"), Icon::runs, tr("Runs"),
                  [&] { return new ui::RunsPage(workspace); });
  window.add_page(QStringLiteral("models"), Icon::models, tr("Models"),
                  [&] { return new ui::ModelsPage(workspace); });
  window.add_page(QStringLiteral("benchmarks"), Icon::benchmarks, tr("Benchmarks"),
                  [&] { return new ui::BenchmarksPage(workspace); });
  window.add_page(QStringLiteral("settings"), Icon::settings, tr("Settings"),
                  [&] { return new ui::SettingsPage(workspace, theme); });
}

}  // namespace loom::desktop
