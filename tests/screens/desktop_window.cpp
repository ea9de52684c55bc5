#include "tests/screens/desktop_window.h"

#include <QDir>
#include <QPixmap>
#include <QSettings>

#include "app/desktop/page_links.h"
#include "core/base/file_paths.h"

namespace loom::testing {
namespace fs = std::filesystem;

DesktopWindow::DesktopWindow() {
  qputenv("LOOMSCOPE_HOME", home().c_str());
  qputenv("HF_HOME", home().c_str());
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope,
                     QString::fromStdString((home() / "config").string()));
  fs::create_directories(paths::models());
}

DesktopWindow::~DesktopWindow() { close(); }

bool DesktopWindow::add_model() {
  auto model = default_model();
  if (!model) return false;
  fs::create_symlink(*model, paths::models() / model->filename());
  return true;
}

Status DesktopWindow::open(ui::Theme& theme, QSize size) {
  LOOM_TRY(workspace_, ui::Workspace::open(paths::store()));
  window_ = std::make_unique<ui::MainWindow>(*workspace_);
  desktop::add_pages(*window_, *workspace_, theme);
  window_->show_last_page();
  window_->resize(size);
  window_->show();
  window_->activateWindow();
  return {};
}

void DesktopWindow::close() {
  window_.reset();
  workspace_.reset();
}

void DesktopWindow::keep_picture(QWidget& widget, const QString& name) {
  const QString folder = qEnvironmentVariable("LOOMSCOPE_SCREENSHOTS");
  if (folder.isEmpty()) return;
  QDir().mkpath(folder);
  widget.grab().save(QDir(folder).filePath(name + QStringLiteral(".png")));
}

}  // namespace loom::testing
