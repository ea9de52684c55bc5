// The fields of one kept server, and a button that tells whether it answers.
#pragma once

#include <QWidget>

#include "ui/execution/kept_servers.h"

class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace loom::ui {

class FieldMessage;
class KeyFields;
class KeyRing;
class ServerCheck;

class ServerForm : public QWidget {
  Q_OBJECT
 public:
  explicit ServerForm(KeyRing& ring, QWidget* parent = nullptr);
  void show_server(const KeptServer& server);
  KeptServer server() const;
  // What is wrong with the address; empty: nothing.
  static QString problem(const KeptServer& server);
  void focus_name();

 Q_SIGNALS:
  void edited();

 private:
  QLineEdit* add_field(QFormLayout& form, const char* id, const QString& label, const QString& name,
                       const QString& hint);
  QWidget* create_test();
  void field_edited();
  void test();
  void say(const QString& sentence, bool good);

  KeyRing& ring_;
  ServerCheck* check_;
  QLineEdit *name_, *address_, *model_;
  FieldMessage *message_, *failure_ = nullptr;
  KeyFields* key_;
  QPushButton* test_ = nullptr;
  QLabel* success_ = nullptr;
  bool showing_ = false;
};

}  // namespace loom::ui
