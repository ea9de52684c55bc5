// Offers to go on with the run that was not finished when the program ended.
#pragma once

namespace loom::ui {
class MainWindow;
class Workspace;
}  // namespace loom::ui

namespace loom::desktop {

void offer_unfinished_run(ui::MainWindow& window, ui::Workspace& workspace);

}  // namespace loom::desktop
