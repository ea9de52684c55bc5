#include "ui/wizards/method_step.h"

#include <QButtonGroup>
#include <QRadioButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/shell/field_message.h"
#include "ui/shell/scroll_area.h"
#include "ui/view_models/format.h"
#include "ui/view_models/registry_words.h"
#include "ui/wizards/parameter_form.h"

namespace loom::ui {

MethodStep::MethodStep(const QString& title, const QString& hint,
                       const std::vector<MethodDescription>& offered, Part part, QWidget* parent)
    : WizardStep(parent),
      title_(title),
      offered_(offered),
      part_(part),
      buttons_(new QButtonGroup(this)),
      details_(new QStackedWidget(this)) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(24);
  row->addWidget(create_list(hint), 1);
  row->addWidget(details_, 1);
  connect(buttons_, &QButtonGroup::idToggled, this, [this](int index, bool checked) {
    if (!checked) return;
    details_->setCurrentIndex(index);
    Q_EMIT changed();
  });
  select(0);
}

QWidget* MethodStep::create_list(const QString& hint) {
  auto* content = new QWidget(this);
  auto* list = new QVBoxLayout(content);
  list->setContentsMargins(0, 0, 12, 0);
  list->setSpacing(8);
  list->addWidget(help_line(hint, content));
  for (size_t i = 0; i < offered_.size(); ++i) add_method(offered_[i], static_cast<int>(i), *list);
  list->addStretch(1);
  return scrolled(content, this);
}

void MethodStep::add_method(const MethodDescription& method, int index, QVBoxLayout& list) {
  auto* button = new QRadioButton(registry_text(method.title), this);
  button->setObjectName(QStringLiteral("method_") + text(method.id));
  button->setAccessibleDescription(registry_text(method.summary));
  buttons_->addButton(button, index);
  list.addWidget(button);
  QLabel* summary = help_line(registry_text(method.summary), this);
  summary->setContentsMargins(24, 0, 0, 8);
  list.addWidget(summary);

  auto* page = new QWidget(details_);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 12, 0);
  column->setSpacing(16);
  auto* form = new ParameterForm(page);
  form->setObjectName(QStringLiteral("form_") + text(method.id));
  form->set_parameters(method.parameters);
  connect(form, &ParameterForm::changed, this, &MethodStep::changed);
  forms_.push_back(form);
  if (method.parameters.empty()) column->addWidget(help_line(tr("Nothing to set here."), page));
  column->addWidget(form);
  if (!method.paper.empty()) column->addWidget(help_line(text(method.paper), page));
  column->addStretch(1);
  details_->addWidget(scrolled(page, details_));
}

void MethodStep::select(int index) {
  if (QAbstractButton* button = buttons_->button(index)) button->setChecked(true);
}

void MethodStep::read(const EvaluationPlan& plan) {
  read_ = plan.*part_;
  for (const PlanMethod& method : plan.*part_)
    for (size_t i = 0; i < offered_.size(); ++i) {
      if (offered_[i].id != method.id) continue;
      forms_[i]->set_values(method.parameters);
      return select(static_cast<int>(i));
    }
}

// One entry runs at a time here; the command line runs plans with several.
QStringList MethodStep::not_taken() const {
  if (read_.size() < 2) return {};
  QStringList ids;
  for (const PlanMethod& method : read_) ids << text(method.id);
  return {
      tr("The plan has several entries (%1). One is chosen here; run the plan once for each, or "
         "whole on the command line.")
          .arg(ids.join(QStringLiteral(", ")))};
}

void MethodStep::write(EvaluationPlan& plan) const {
  const int index = buttons_->checkedId();
  if (index < 0) return;
  const auto i = static_cast<size_t>(index);
  plan.*part_ = {{offered_[i].id, forms_[i]->changed_values()}};
}

bool MethodStep::is_complete() const {
  const int index = buttons_->checkedId();
  return index >= 0 && forms_[static_cast<size_t>(index)]->is_valid();
}

void MethodStep::explain() {
  if (const int index = buttons_->checkedId(); index >= 0)
    forms_[static_cast<size_t>(index)]->focus_first_problem();
}

}  // namespace loom::ui
