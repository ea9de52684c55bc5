// Appearance, language, folders, hub, servers, devices, and what leaves this machine.
#pragma once

#include "ui/pages/page.h"

class QButtonGroup;
class QVBoxLayout;

namespace loom::ui {

class Card;
class FactList;
class Theme;
class Workspace;

class SettingsPage : public Page {
  Q_OBJECT
 public:
  SettingsPage(Workspace& workspace, Theme& theme, QWidget* parent = nullptr);
  QString title() const override { return tr("Settings"); }
  QString help_topic() const override { return QStringLiteral("settings"); }
  void refresh() override;

 private:
  Card* make_appearance();
  Card* make_folders();
  Card* make_devices();
  Card* make_privacy();

  Workspace& workspace_;
  Theme& theme_;
  QButtonGroup* appearance_ = nullptr;
  FactList *places_ = nullptr, *devices_ = nullptr;
};

}  // namespace loom::ui
