// A workspace over an empty history in a folder that goes with it, and the page pictures that are
// kept when $LOOMSCOPE_SCREENSHOTS names a folder.
#pragma once

#include <QApplication>
#include <QSettings>
#include <QWidget>

#include "tests/support/test_folders.h"
#include "ui/execution/workspace.h"
#include "ui/shell/theme.h"

namespace loom::testing {

class OpenWorkspace {
 public:
  OpenWorkspace() {
    const QString folder = QString::fromStdString(folder_.path().string());
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder);
    auto opened = ui::Workspace::open(folder_.path() / "history.sqlite");
    if (opened) workspace_ = std::move(*opened);
    theme_ = std::make_unique<ui::Theme>(*qApp);
  }
  bool is_open() const { return workspace_ != nullptr; }
  ui::Workspace& operator*() { return *workspace_; }
  ui::Workspace* operator->() { return workspace_.get(); }
  const std::filesystem::path& folder() const { return folder_.path(); }

  void keep_pictures(QWidget& page, const QString& name) {
    const QString folder = qEnvironmentVariable("LOOMSCOPE_SCREENSHOTS");
    if (folder.isEmpty()) return;
    for (auto appearance : {ui::Appearance::light, ui::Appearance::dark}) {
      theme_->set_appearance(appearance);
      QCoreApplication::processEvents();
      const QString file = folder + QLatin1Char('/') + name + QLatin1Char('-') +
                           ui::to_string(appearance) + QStringLiteral(".png");
      page.grab().save(file);
    }
    theme_->set_appearance(ui::Appearance::light);
  }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<ui::Theme> theme_;
  std::unique_ptr<ui::Workspace> workspace_;
};

}  // namespace loom::testing
