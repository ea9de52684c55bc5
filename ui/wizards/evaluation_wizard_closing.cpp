// Leaving the wizard without a run: what was entered is not dropped unasked.
#include <QMessageBox>
#include <QPushButton>

#include "ui/wizards/evaluation_wizard.h"
#include "ui/wizards/models_step.h"

namespace loom::ui {

nlohmann::json EvaluationWizard::entries() const {
  nlohmann::json entered = to_json(plan());
  // The name follows from the rest, and models are ticked as they are found: their step knows what
  // the user did.
  entered.erase("name");
  entered.erase("models");
  return entered;
}

void EvaluationWizard::take_as_given() {
  given_ = entries();
  models_->take_as_given();
}

bool EvaluationWizard::has_entries() const {
  return models_->is_changed() || entries() != given_;
}

// Escape, Cancel and the window's own button all come here.
void EvaluationWizard::reject() {
  if (!has_entries()) return QDialog::reject();
  if (question_) return question_->raise();
  question_ = new QMessageBox(QMessageBox::NoIcon, tr("Discard this evaluation?"),
                              tr("Discard what you entered for this evaluation?"),
                              QMessageBox::NoButton, this);
  question_->setObjectName(QStringLiteral("discard_question"));
  question_->setAttribute(Qt::WA_DeleteOnClose);
  QPushButton* discard = question_->addButton(tr("Discard"), QMessageBox::DestructiveRole);
  QPushButton* stay = question_->addButton(tr("Go on editing"), QMessageBox::RejectRole);
  question_->setDefaultButton(stay);
  question_->setEscapeButton(stay);
  connect(discard, &QPushButton::clicked, this, [this] { QDialog::reject(); });
  question_->open();
}

}  // namespace loom::ui
