// The desktop program: makes every object once and shows the window.
#include <QApplication>
#include <QMessageBox>
#include <QSettings>
#include <algorithm>
#include <iostream>
#include <string_view>

#include "app/desktop/options.h"
#include "app/desktop/page_links.h"
#include "app/desktop/start_timing.h"
#include "app/desktop/unfinished_run.h"
#include "core/base/file_paths.h"
#include "ui/execution/workspace.h"
#include "ui/settings/language.h"
#include "ui/shell/main_window.h"
#include "ui/shell/theme.h"

namespace {

// Settings lie in the program's own folder, which LOOMSCOPE_HOME can move as a whole.
void place_settings() {
  auto folder = loom::paths::config();
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope,
                     QString::fromStdString(folder.parent_path().string()));
  QCoreApplication::setOrganizationName(QString::fromStdString(folder.filename().string()));
}

// Qt ends a program without a display by a core dump. Words on the terminal need none, and what
// needs one says so.
bool can_show_windows(int argc, char** argv) {
  const auto is_typed = [&](std::initializer_list<std::string_view> options) {
    return std::any_of(argv + 1, argv + argc, [&](std::string_view argument) {
      return std::find(options.begin(), options.end(), argument) != options.end();
    });
  };
  if (is_typed({"-h", "--help", "--help-all", "-v", "--version"}))
    qputenv("QT_QPA_PLATFORM", "offscreen");
  for (const char* display : {"QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"})
    if (!qEnvironmentVariableIsEmpty(display)) return true;
  return is_typed({"-platform", "--platform"});
}

int refuse(const loom::Error& error) {
  QMessageBox box(QMessageBox::NoIcon, QStringLiteral("LoomScope"),
                  QString::fromStdString(error.message), QMessageBox::Close);
  box.setInformativeText(QString::fromStdString(
      error.remedy.empty() ? error.where : error.where + "\n" + error.remedy));
  box.exec();
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (!can_show_windows(argc, argv)) {
    std::cerr << "loomscope: there is no display (Start it on a desktop or set DISPLAY; without a "
                 "screen, loomscope-cli runs the same plans)"
              << std::endl;
    return 1;
  }
  QApplication application(argc, argv);
  QApplication::setApplicationName(QStringLiteral("loomscope"));
  QApplication::setApplicationDisplayName(QStringLiteral("LoomScope"));
  QApplication::setApplicationVersion(QStringLiteral(LOOM_VERSION));
  QApplication::setDesktopFileName(QStringLiteral("loomscope"));
  place_settings();
  loom::ui::install_language(application);
  auto options = loom::desktop::read_options(application);
  loom::ui::Theme theme(application);

  auto workspace = loom::ui::Workspace::open(options.store);
  if (!workspace) return refuse(workspace.error());
  loom::ui::MainWindow window(**workspace);
  loom::desktop::add_pages(window, **workspace, theme);
  window.show_last_page();
  if (!options.page.isEmpty()) window.show_page(options.page);
  loom::desktop::offer_unfinished_run(window, **workspace);
  loom::desktop::print_first_frame(window);
  window.show();
  if (!options.plan.isEmpty()) loom::desktop::open_plan(window, options.plan);
  return QApplication::exec();
}
