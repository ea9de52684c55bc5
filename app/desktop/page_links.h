// Which pages the window has, and what opens when one of them asks for another.
#pragma once

#include <QString>

namespace loom::ui {
class MainWindow;
class Theme;
class Workspace;
}  // namespace loom::ui

namespace loom::desktop {

void add_pages(ui::MainWindow& window, ui::Workspace& workspace, ui::Theme& theme);
// The wizard, filled with a saved plan.
void open_plan(ui::MainWindow& window, const QString& file);

}  // namespace loom::desktop
