// One parameter of a form: label, control, unit, default, a line of help, and below the control
// what is wrong with the input. Any input can be typed; a wrong one explains itself.
#pragma once

#include <QWidget>

#include "core/catalog/descriptions.h"

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace loom::ui {

class FieldMessage;

class ParameterField : public QWidget {
  Q_OBJECT
 public:
  ParameterField(Parameter parameter, QWidget* parent);
  const Parameter& parameter() const { return parameter_; }
  // Words for the choices, in the order of Parameter::choices.
  void set_choice_titles(const QStringList& titles);
  // The minimum itself is refused too.
  void set_above_minimum();
  void set_value(const nlohmann::json& value);
  // What was typed, sense or not; empty for check boxes and choices.
  QString input() const;
  void set_input(const QString& input);
  // Nothing while the input makes no sense.
  std::optional<nlohmann::json> value() const;
  QString problem() const;  // empty: the input is good
  void show_problem();      // below the control, or takes it away
  QWidget* control() const;

 Q_SIGNALS:
  void changed();

 private:
  void create_control();
  void lay_out();
  QString default_text() const;
  void edited();
  std::optional<nlohmann::json> parsed() const;
  bool in_range(const nlohmann::json& value) const;
  QString expected() const;

  Parameter parameter_;
  bool above_minimum_ = false;
  QLineEdit* line_ = nullptr;
  QCheckBox* check_ = nullptr;
  QComboBox* combo_ = nullptr;
  FieldMessage* message_ = nullptr;
};

}  // namespace loom::ui
