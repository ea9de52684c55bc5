#include "ui/pages/benchmarks/title_fields.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>

#include "core/catalog/catalog.h"
#include "ui/pages/benchmarks/named.h"
#include "ui/shell/field_message.h"
#include "ui/view_models/format.h"

namespace loom::ui {

TitleFields::TitleFields(QWidget* parent)
    : QWidget(parent),
      title_(named(new QLineEdit(this), "custom_title", tr("Title"))),
      capability_(named(new QComboBox(this), "custom_capability", tr("Capability"))),
      message_(new FieldMessage(this)) {
  message_->setObjectName(QStringLiteral("title_message"));
  for (const std::string& id : kCapabilities) capability_->addItem(capability_name(id), text(id));
  set_capability("general");
  auto* form = new QFormLayout(this);
  form->setContentsMargins(0, 0, 0, 0);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->addRow(tr("&Title"), title_);
  form->addRow(message_);
  form->addRow(tr("Ca&pability"), capability_);
}

std::string TitleFields::title() const {
  return title_->text().trimmed().toStdString();
}

std::string TitleFields::capability() const {
  return capability_->currentData().toString().toStdString();
}

void TitleFields::set_title(const QString& title) {
  title_->setText(title);
}

void TitleFields::propose_title(const QString& title) {
  if (title_->isModified() && !title_->text().trimmed().isEmpty()) return;
  title_->setText(title);
  title_->setModified(false);
}

void TitleFields::set_capability(const std::string& id) {
  capability_->setCurrentIndex(capability_->findData(text(id)));
}

void TitleFields::fix_capability(bool fixed) {
  capability_->setEnabled(!fixed);
}

void TitleFields::set_busy(bool busy) {
  title_->setEnabled(!busy);
}

void TitleFields::explain() {
  message_->set_message(tr("Give it a title."));
  title_->setFocus();
}

}  // namespace loom::ui
