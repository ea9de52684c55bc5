// The program's window with all its pages, on a home folder that goes with the object.
#pragma once

#include <QApplication>
#include <memory>

#include "tests/support/test_folders.h"
#include "ui/execution/workspace.h"
#include "ui/shell/main_window.h"
#include "ui/shell/theme.h"

namespace loom::testing {

class DesktopWindow {
 public:
  DesktopWindow();
  ~DesktopWindow();
  // Puts the default model where the program looks for models. False when it was not fetched.
  bool add_model();
  // Opens workspace and window as app/desktop does, and shows it.
  Status open(ui::Theme& theme, QSize size = {1280, 800});
  void close();

  ui::MainWindow& window() { return *window_; }
  ui::Workspace& workspace() { return *workspace_; }
  const std::filesystem::path& home() const { return home_.path(); }
  // Below LOOMSCOPE_SCREENSHOTS; nothing without it.
  static void keep_picture(QWidget& widget, const QString& name);

 private:
  TemporaryFolder home_;
  std::unique_ptr<ui::Workspace> workspace_;
  std::unique_ptr<ui::MainWindow> window_;
};

}  // namespace loom::testing
