// A form made from the registry's JSON: a new parameter needs no change here.
#pragma once

#include <QWidget>
#include <vector>

#include "core/catalog/descriptions.h"

class QVBoxLayout;

namespace loom::ui {

class ParameterField;

class ParameterForm : public QWidget {
  Q_OBJECT
 public:
  explicit ParameterForm(QWidget* parent = nullptr);
  // Replaces all fields; each shows its default.
  void set_parameters(const std::vector<Parameter>& parameters);
  void set_values(const nlohmann::json& values);  // ids that are missing keep what they show
  // Fields whose input makes no sense are left out.
  nlohmann::json values() const;
  // Only what differs from the defaults.
  nlohmann::json changed_values() const;
  // What was typed, field by field: keeps input that makes no sense yet.
  QStringList inputs() const;
  void set_inputs(const QStringList& inputs);
  bool is_valid() const;
  void focus_first_problem();
  ParameterField* field(const std::string& id) const;

 Q_SIGNALS:
  void changed();

 private:
  QVBoxLayout* column_;
  std::vector<ParameterField*> fields_;
};

}  // namespace loom::ui
