// Asks where a model is to come from: a repository of the hub, or a folder of this machine.
#pragma once

#include <optional>

#include "core/hub/hub_repo.h"
#include "ui/shell/dialog.h"

class QLineEdit;
class QPushButton;

namespace loom::ui {

class FieldMessage;

class AddModelDialog : public Dialog {
  Q_OBJECT
 public:
  AddModelDialog(const HubSettings& hub, QWidget* parent = nullptr);
  std::optional<HubRepo> repo() const;  // none when a folder was chosen
  QString file() const;                 // which GGUF file of several; may be empty
  QString folder() const { return folder_; }

 private:
  QWidget* create_hub(const HubSettings& hub);
  void check();
  void choose_folder();

  QLineEdit *repo_ = nullptr, *file_ = nullptr;
  FieldMessage* problem_ = nullptr;
  QPushButton* fetch_ = nullptr;
  QString folder_;
};

}  // namespace loom::ui
