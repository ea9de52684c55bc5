#include "ui/wizards/parameter_form.h"

#include <QVBoxLayout>
#include <algorithm>

#include "ui/wizards/parameter_field.h"

namespace loom::ui {

ParameterForm::ParameterForm(QWidget* parent) : QWidget(parent), column_(new QVBoxLayout(this)) {
  column_->setContentsMargins(0, 0, 0, 0);
  column_->setSpacing(16);
}

void ParameterForm::set_parameters(const std::vector<Parameter>& parameters) {
  for (ParameterField* field : fields_) delete field;
  fields_.clear();
  for (const Parameter& parameter : parameters) {
    auto* field = new ParameterField(parameter, this);
    connect(field, &ParameterField::changed, this, &ParameterForm::changed);
    column_->addWidget(field);
    fields_.push_back(field);
  }
}

void ParameterForm::set_values(const nlohmann::json& values) {
  if (!values.is_object()) return;
  for (ParameterField* field : fields_)
    if (auto found = values.find(field->parameter().id); found != values.end())
      field->set_value(*found);
}

nlohmann::json ParameterForm::values() const {
  nlohmann::json values = nlohmann::json::object();
  for (const ParameterField* field : fields_)
    if (auto value = field->value()) values[field->parameter().id] = std::move(*value);
  return values;
}

nlohmann::json ParameterForm::changed_values() const {
  nlohmann::json changed = values();
  for (const ParameterField* field : fields_) {
    const std::string& id = field->parameter().id;
    if (changed.contains(id) && changed[id] == field->parameter().default_value) changed.erase(id);
  }
  return changed;
}

QStringList ParameterForm::inputs() const {
  QStringList inputs;
  for (const ParameterField* field : fields_) inputs << field->input();
  return inputs;
}

void ParameterForm::set_inputs(const QStringList& inputs) {
  for (size_t i = 0; i < fields_.size() && i < size_t(inputs.size()); ++i)
    fields_[i]->set_input(inputs[qsizetype(i)]);
}

bool ParameterForm::is_valid() const {
  return std::all_of(fields_.begin(), fields_.end(),
                     [](const ParameterField* field) { return field->problem().isEmpty(); });
}

void ParameterForm::focus_first_problem() {
  for (ParameterField* field : fields_) field->show_problem();
  for (ParameterField* field : fields_)
    if (!field->problem().isEmpty()) return field->control()->setFocus(Qt::OtherFocusReason);
}

ParameterField* ParameterForm::field(const std::string& id) const {
  for (ParameterField* field : fields_)
    if (field->parameter().id == id) return field;
  return nullptr;
}

}  // namespace loom::ui
