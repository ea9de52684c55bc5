// Devices, length, chat template, decoding and seeds: what holds for every job of the plan.
#pragma once

#include "core/catalog/local_devices.h"
#include "ui/wizards/wizard_step.h"

class QCheckBox;
class QVBoxLayout;

namespace loom::ui {

class FieldMessage;
class ParameterForm;
class PromptPackField;

class SettingsStep : public WizardStep {
  Q_OBJECT
 public:
  SettingsStep(const Catalog& catalog, QWidget* parent);
  QString title() const override { return tr("Settings"); }
  void read(const EvaluationPlan& plan) override;
  void write(EvaluationPlan& plan) const override;
  bool is_complete() const override;
  void explain() override;
  QStringList not_taken() const override;

 private:
  void lay_out();
  QWidget* create_devices();
  QWidget* group(const QString& title, ParameterForm* form);
  void add_thinking(QVBoxLayout& column);
  void form_changed();
  void offer_each(bool offered);
  bool has_device() const;
  QString template_problem() const;

  std::vector<LocalDevice> devices_;
  QStringList missing_devices_;  // of the plan that is shown
  std::vector<QCheckBox*> device_boxes_;
  FieldMessage* device_message_;
  QCheckBox *reuse_, *skip_bad_, *strip_thinking_;
  ParameterForm *prompts_, *decoding_, *scoring_;
  PromptPackField* pack_;
  FieldMessage* template_message_;
};

}  // namespace loom::ui
