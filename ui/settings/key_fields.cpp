#include "ui/settings/key_fields.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "ui/execution/key_ring.h"
#include "ui/shell/theme.h"

namespace loom::ui {

KeyFields::KeyFields(KeyRing& ring, const QString& prefix, QWidget* parent)
    : QWidget(parent), ring_(ring) {
  name_ = new QLineEdit(this);
  name_->setObjectName(prefix + QStringLiteral("_key_name"));
  name_->setAccessibleName(tr("Name of the key in the key ring"));
  name_->setPlaceholderText(tr("empty: the server wants no key"));
  key_ = new QLineEdit(this);
  key_->setObjectName(prefix + QStringLiteral("_key"));
  key_->setAccessibleName(tr("New key to keep under this name"));
  key_->setEchoMode(QLineEdit::Password);
  key_->setPlaceholderText(tr("only to keep a new one"));
  keep_ = new QPushButton(tr("&Keep in key ring"), this);
  keep_->setObjectName(QStringLiteral("keep_%1_key").arg(prefix));
  keep_->setAccessibleName(tr("Keep the key in the key ring"));
  state_ = new QLabel(this);
  state_->setObjectName(prefix + QStringLiteral("_key_state"));
  state_->setWordWrap(true);
  state_->setForegroundRole(QPalette::PlaceholderText);
  auto* line = new QHBoxLayout;
  line->addWidget(key_, 1);
  line->addWidget(keep_);
  auto* title = new QLabel(tr("New k&ey"), this);
  title->setBuddy(key_);  // a row of several fields has none of its own
  auto* form = new QFormLayout(this);
  form->setContentsMargins(0, 0, 0, 0);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  form->addRow(tr("Key &by name"), name_);
  form->addRow(title, line);
  form->addRow(QString(), state_);
  connect(name_, &QLineEdit::textChanged, this, &KeyFields::check);
  connect(key_, &QLineEdit::textChanged, this, &KeyFields::check);
  connect(keep_, &QPushButton::clicked, this, &KeyFields::keep);
  check();
}

QString KeyFields::name() const {
  return name_->text().trimmed();
}

void KeyFields::set_name(const QString& name) {
  name_->setText(name);
}

void KeyFields::check() {
  state_->clear();
  keep_->setEnabled(!name().isEmpty() && !key_->text().trimmed().isEmpty());
  keep_->setToolTip(keep_->isEnabled() ? QString() : tr("Give a name and a new key first"));
  Q_EMIT changed();
}

void KeyFields::keep() {
  ring_.write(name(), key_->text().trimmed(), this, [this](const QString&, const QString& problem) {
    if (problem.isEmpty()) key_->clear();
    state_->setText(problem.isEmpty() ? tr("A key of this name is in the key ring.") : problem);
  });
}

}  // namespace loom::ui
