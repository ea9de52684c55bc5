// Who judges: a model on this machine, or a server with its address, the model's name there, and
// the name of its key in the key ring.
#pragma once

#include <QWidget>

#include "ui/execution/judgings.h"
#include "ui/execution/model_finder.h"

class QComboBox;
class QFormLayout;
class QLineEdit;
class QRadioButton;
class QStackedWidget;

namespace loom::ui {

class FieldMessage;
class KeyFields;
class Workspace;

class JudgeSource : public QWidget {
  Q_OBJECT
 public:
  explicit JudgeSource(Workspace& workspace, QWidget* parent = nullptr);
  // Fills in who is chosen; what was chosen last comes back with the next dialog.
  void write_to(JudgeChoice& choice) const;
  QString problem() const;  // what lacks before anybody can judge; empty: nothing
  void show_problem();      // below the fields, or takes it away
  void save() const;

 Q_SIGNALS:
  void changed();

 private:
  QWidget* create_local();
  QWidget* create_server();
  QLineEdit* add_field(QFormLayout& form, const QString& name, const QString& label,
                       const QString& hint);
  void add_kept_servers(QFormLayout& form);
  void restore();
  void show_models(const std::vector<LocalModel>& models);

  ModelFinder* finder_ = nullptr;
  QRadioButton *local_ = nullptr, *server_ = nullptr;
  QStackedWidget* fields_ = nullptr;
  QComboBox *models_ = nullptr, *devices_ = nullptr;
  QLineEdit *address_ = nullptr, *name_ = nullptr;
  KeyFields* key_ = nullptr;
  FieldMessage* message_ = nullptr;
  QString last_model_;
};

}  // namespace loom::ui
