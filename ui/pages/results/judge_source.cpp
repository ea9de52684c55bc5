#include "ui/pages/results/judge_source.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QRadioButton>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "core/catalog/local_devices.h"
#include "ui/execution/kept_servers.h"
#include "ui/execution/workspace.h"
#include "ui/settings/key_fields.h"
#include "ui/shell/field_message.h"
#include "ui/shell/theme.h"
#include "ui/view_models/format.h"

namespace loom::ui {
namespace {
// The key's name, not the key.
const QString kServer = QStringLiteral("judge/server"), kAddress = QStringLiteral("judge/address"),
              kName = QStringLiteral("judge/name"), kKeyName = QStringLiteral("judge/key_name"),
              kModel = QStringLiteral("judge/model"), kDevice = QStringLiteral("judge/device");
}  // namespace

JudgeSource::JudgeSource(Workspace& workspace, QWidget* parent)
    : QWidget(parent), finder_(new ModelFinder(this)) {
  local_ = new QRadioButton(tr("A &model on this machine"), this);
  local_->setObjectName(QStringLiteral("judge_local"));
  server_ = new QRadioButton(tr("A &server (OpenAI-compatible)"), this);
  server_->setObjectName(QStringLiteral("judge_server"));
  fields_ = new QStackedWidget(this);
  fields_->addWidget(create_local());
  key_ = new KeyFields(workspace.key_ring(), QStringLiteral("judge"), this);
  fields_->addWidget(create_server());
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(spacing::small);
  message_ = new FieldMessage(this);
  message_->setObjectName(QStringLiteral("judge_source_message"));
  for (QWidget* widget : std::initializer_list<QWidget*>{local_, server_, fields_, message_})
    column->addWidget(widget);
  connect(server_, &QRadioButton::toggled, this, [this](bool on) {
    fields_->setCurrentIndex(on ? 1 : 0);
    Q_EMIT changed();
  });
  connect(finder_, &ModelFinder::found, this, &JudgeSource::show_models);
  connect(key_, &KeyFields::changed, this, &JudgeSource::changed);
  restore();
  finder_->search(workspace.model_folders());
}

QWidget* JudgeSource::create_local() {
  auto* part = new QWidget(this);
  models_ = new QComboBox(part);
  models_->setObjectName(QStringLiteral("judge_model"));
  models_->setAccessibleName(tr("Model that judges"));
  models_->setPlaceholderText(tr("Looking for models…"));
  connect(models_, &QComboBox::currentIndexChanged, this, &JudgeSource::changed);
  auto* form = new QFormLayout(part);
  form->setContentsMargins(0, 0, 0, 0);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->addRow(tr("M&odel"), models_);
  devices_ = new QComboBox(part);
  devices_->setObjectName(QStringLiteral("judge_device"));
  devices_->setAccessibleName(tr("Device that the judge runs on"));
  devices_->setToolTip(tr("The judge's model is loaded there beside what else runs on it."));
  for (const LocalDevice& device : find_devices())
    devices_->addItem(text(device.name) + QStringLiteral(" (") + text(device.id) + QLatin1Char(')'),
                      text(device.id));
  connect(devices_, &QComboBox::currentIndexChanged, this, &JudgeSource::changed);
  form->addRow(tr("&Device"), devices_);
  return part;
}

QLineEdit* JudgeSource::add_field(QFormLayout& form, const QString& name, const QString& label,
                                  const QString& hint) {
  auto* field = new QLineEdit(form.parentWidget());
  field->setObjectName(name);
  field->setPlaceholderText(hint);
  form.addRow(label, field);
  connect(field, &QLineEdit::textChanged, this, &JudgeSource::changed);
  return field;
}

QWidget* JudgeSource::create_server() {
  auto* part = new QWidget(this);
  auto* form = new QFormLayout(part);
  form->setContentsMargins(0, 0, 0, 0);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  add_kept_servers(*form);
  address_ = add_field(*form, QStringLiteral("judge_address"), tr("&Address"),
                       tr("up to its version, such as https://api.example.org/v1"));
  address_->setAccessibleName(tr("Address of the server"));
  name_ = add_field(*form, QStringLiteral("judge_name"), tr("Model &name"),
                    tr("as the server calls it"));
  name_->setAccessibleName(tr("Name of the model on the server"));
  form->addRow(key_);
  return part;
}

// Those of Settings fill the fields; what is typed then differs from them as the user likes.
void JudgeSource::add_kept_servers(QFormLayout& form) {
  QList<KeptServer> servers = kept_servers();
  servers.removeIf([](const KeptServer& server) { return server.address.isEmpty(); });
  if (servers.isEmpty()) return;
  auto* chooser = new QComboBox(form.parentWidget());
  chooser->setObjectName(QStringLiteral("judge_kept_server"));
  chooser->setAccessibleName(tr("Servers kept in Settings"));
  chooser->setPlaceholderText(tr("Choose one to fill in the fields"));
  for (const KeptServer& server : servers) chooser->addItem(server.name);
  chooser->setCurrentIndex(-1);
  connect(chooser, &QComboBox::activated, this, [this, servers](int index) {
    const KeptServer& server = servers.at(index);
    address_->setText(server.address);
    if (!server.model.isEmpty()) name_->setText(server.model);
    key_->set_name(server.key_name);
  });
  form.addRow(tr("&Kept server"), chooser);
}

void JudgeSource::restore() {
  const QSettings stored;
  address_->setText(stored.value(kAddress).toString());
  name_->setText(stored.value(kName).toString());
  key_->set_name(stored.value(kKeyName).toString());
  last_model_ = stored.value(kModel).toString();
  devices_->setCurrentIndex(std::max(0, devices_->findData(stored.value(kDevice))));
  const bool server = stored.value(kServer).toBool();
  (server ? server_ : local_)->setChecked(true);
  fields_->setCurrentIndex(server ? 1 : 0);
}

void JudgeSource::save() const {
  QSettings stored;
  stored.setValue(kServer, server_->isChecked());
  stored.setValue(kAddress, address_->text().trimmed());
  stored.setValue(kName, name_->text().trimmed());
  stored.setValue(kKeyName, key_->name());
  stored.setValue(kDevice, devices_->currentData());
  if (models_->currentIndex() >= 0) stored.setValue(kModel, models_->currentData());
}

void JudgeSource::show_models(const std::vector<LocalModel>& models) {
  models_->clear();
  for (const LocalModel& model : models)
    if (model.can_answer())
      models_->addItem(text(model.name), QString::fromStdString(model.path.string()));
  models_->setPlaceholderText(models_->count() == 0 ? tr("No model is on this machine yet")
                                                    : tr("Choose a model"));
  models_->setCurrentIndex(std::max(models_->findData(last_model_), models_->count() > 0 ? 0 : -1));
  Q_EMIT changed();
}

void JudgeSource::write_to(JudgeChoice& choice) const {
  if (local_->isChecked()) {
    choice.model_path = models_->currentData().toString();
    choice.device = devices_->currentData().toString();
    return;
  }
  choice.address = address_->text().trimmed();
  choice.model_name = name_->text().trimmed();
  choice.key_name = key_->name();
}

void JudgeSource::show_problem() {
  message_->set_message(problem());
}

QString JudgeSource::problem() const {
  if (local_->isChecked())
    return models_->currentIndex() < 0 ? tr("Choose a model that judges.") : QString();
  const QString address = address_->text().trimmed();
  if (!address.startsWith(QLatin1String("http://")) &&
      !address.startsWith(QLatin1String("https://")))
    return tr("The address begins with https:// or http://.");
  return name_->text().trimmed().isEmpty() ? tr("Name the model as the server does.") : QString();
}

}  // namespace loom::ui
