#include "app/desktop/unfinished_run.h"

#include <QAction>
#include <optional>

#include "ui/execution/evaluation_controller.h"
#include "ui/execution/workspace.h"
#include "ui/shell/main_window.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/quantity_text.h"

namespace loom::desktop {
namespace {

// What the user cancelled is not offered again, though Runs still has it; what still runs, runs in
// another process.
std::optional<RunRow> unfinished_run(ui::Workspace& workspace) {
  const auto run = workspace.store().latest_unfinished();
  if (!run) return std::nullopt;
  const auto row = workspace.queries().run(*run);
  if (!row || row->state == RunState::cancelled || row->state == RunState::running)
    return std::nullopt;
  return *row;
}

}  // namespace

void offer_unfinished_run(ui::MainWindow& window, ui::Workspace& workspace) {
  if (workspace.is_read_only()) return;  // nothing could go on; Runs says so
  const std::optional<RunRow> row = unfinished_run(workspace);
  if (!row) return;  // nothing to offer
  auto* resume = new QAction(ui::MainWindow::tr("Resume"), &window);
  QObject::connect(resume, &QAction::triggered, &window, [&window, &workspace, run = row->id] {
    if (auto status = workspace.controller().resume(run); !status)
      window.message_bar().show_error(status.error());
    else
      Q_EMIT window.run_requested(run);
  });
  window.message_bar().show_message(
      ui::MessageKind::info,
      ui::MainWindow::tr("“%1” stopped after %2 of %3 samples.")
          .arg(QString::fromStdString(row->name), ui::count_text(row->samples_done),
               ui::count_text(row->samples_planned)),
      {}, resume);
}

}  // namespace loom::desktop
