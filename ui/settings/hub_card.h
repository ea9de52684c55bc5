// Settings of the hub: its address, offline work, and its key, which only the key ring keeps.
#pragma once

#include "ui/shell/fact_list.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace loom::ui {

class Workspace;

class HubCard : public Card {
  Q_OBJECT
 public:
  explicit HubCard(Workspace& workspace, QWidget* parent = nullptr);

 private:
  QWidget* create_address();
  QWidget* create_key();
  void save_hub();
  void show_key();
  void save_key();
  void remove_key();
  void say(const QString& sentence, bool has_key);

  Workspace& workspace_;
  QLineEdit *endpoint_ = nullptr, *key_ = nullptr;
  QCheckBox* offline_ = nullptr;
  QLabel* key_state_ = nullptr;
  QPushButton *save_ = nullptr, *remove_ = nullptr;
};

}  // namespace loom::ui
