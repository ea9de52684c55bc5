#include "ui/settings/hub_card.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "ui/execution/key_ring.h"
#include "ui/execution/workspace.h"
#include "ui/shell/form_labels.h"

namespace loom::ui {

HubCard::HubCard(Workspace& workspace, QWidget* parent)
    : Card(tr("Hugging Face"), parent), workspace_(workspace) {
  add(create_address());
  add(create_key());
  align_form_labels(*this);
  show_key();
}

QWidget* HubCard::create_address() {
  auto* part = new QWidget(this);
  const HubSettings hub = workspace_.hub_settings();
  endpoint_ = new QLineEdit(QString::fromStdString(hub.endpoint), part);
  endpoint_->setObjectName(QStringLiteral("hub_endpoint"));
  endpoint_->setAccessibleName(tr("Address of the hub"));
  endpoint_->setToolTip(tr("The hub itself or a mirror that speaks its protocol"));
  endpoint_->setEnabled(qEnvironmentVariableIsEmpty("HF_ENDPOINT"));
  offline_ = new QCheckBox(tr("Work offline: ask nothing of the network"), part);
  offline_->setObjectName(QStringLiteral("hub_offline"));
  offline_->setAccessibleName(offline_->text());
  offline_->setChecked(hub.offline);
  connect(endpoint_, &QLineEdit::editingFinished, this, &HubCard::save_hub);
  connect(offline_, &QCheckBox::toggled, this, &HubCard::save_hub);
  auto* form = new QFormLayout(part);
  form->setContentsMargins(0, 0, 0, 0);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->addRow(tr("&Address"), endpoint_);
  form->addRow(QString(), offline_);
  return part;
}

QWidget* HubCard::create_key() {
  auto* part = new QWidget(this);
  key_ = new QLineEdit(part);
  key_->setObjectName(QStringLiteral("hub_key"));
  key_->setAccessibleName(tr("Access token"));
  key_->setEchoMode(QLineEdit::Password);
  key_->setPlaceholderText(tr("for repositories with terms to accept"));
  save_ = new QPushButton(tr("Keep in key ring"), part);
  save_->setObjectName(QStringLiteral("save_hub_key"));
  save_->setAccessibleName(tr("Keep the access token in the key ring"));
  remove_ = new QPushButton(tr("Remove"), part);
  remove_->setObjectName(QStringLiteral("remove_hub_key"));
  remove_->setAccessibleName(tr("Remove the access token from the key ring"));
  key_state_ = new QLabel(part);
  key_state_->setObjectName(QStringLiteral("hub_key_state"));
  key_state_->setWordWrap(true);
  key_state_->setForegroundRole(QPalette::PlaceholderText);
  save_->setEnabled(false);
  save_->setToolTip(tr("Type a token to keep it"));
  connect(key_, &QLineEdit::textChanged, save_,
          [this](const QString& typed) { save_->setEnabled(!typed.trimmed().isEmpty()); });
  connect(save_, &QPushButton::clicked, this, &HubCard::save_key);
  connect(remove_, &QPushButton::clicked, this, &HubCard::remove_key);
  auto* line = new QHBoxLayout;
  line->addWidget(key_, 1);
  line->addWidget(save_);
  line->addWidget(remove_);
  auto* form = new QFormLayout(part);
  form->setContentsMargins(0, 0, 0, 0);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  auto* title = new QLabel(tr("Access &token"), part);
  title->setBuddy(key_);  // a row of several fields has none of its own
  form->addRow(title, line);
  form->addRow(QString(), key_state_);
  return part;
}

void HubCard::save_hub() {
  QString address = endpoint_->text().trimmed();
  while (address.endsWith(QLatin1Char('/'))) address.chop(1);
  workspace_.set_hub(address, offline_->isChecked());
}

void HubCard::say(const QString& sentence, bool has_key) {
  key_state_->setText(sentence);
  remove_->setEnabled(has_key);
}

void HubCard::show_key() {
  remove_->setEnabled(false);
  if (!qEnvironmentVariableIsEmpty("HF_TOKEN"))
    return say(tr("HF_TOKEN of the environment is used."), false);
  workspace_.key_ring().read(kHubKey, this, [this](const QString& key, const QString& problem) {
    if (!problem.isEmpty())
      say(tr("%1 Set HF_TOKEN in the environment instead.").arg(problem), false);
    else
      say(key.isEmpty() ? tr("No token is kept.") : tr("A token is in the key ring."),
          !key.isEmpty());
  });
}

void HubCard::save_key() {
  const QString typed = key_->text().trimmed();
  workspace_.key_ring().write(kHubKey, typed, this, [this](const QString&, const QString& problem) {
    if (!problem.isEmpty())
      return say(tr("%1 Set HF_TOKEN in the environment instead.").arg(problem), false);
    key_->clear();
    say(tr("A token is in the key ring."), true);
  });
}

void HubCard::remove_key() {
  workspace_.key_ring().remove(kHubKey, this, [this](const QString&, const QString& problem) {
    say(problem.isEmpty() ? tr("No token is kept.") : problem, !problem.isEmpty());
  });
}

}  // namespace loom::ui
