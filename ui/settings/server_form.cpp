#include "ui/settings/server_form.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QUrl>

#include "ui/execution/key_ring.h"
#include "ui/execution/server_check.h"
#include "ui/settings/key_fields.h"
#include "ui/shell/field_message.h"
#include "ui/shell/form_labels.h"
#include "ui/shell/theme.h"

namespace loom::ui {
namespace {
constexpr int kModelsNamed = 8;
}

ServerForm::ServerForm(KeyRing& ring, QWidget* parent)
    : QWidget(parent),
      ring_(ring),
      check_(new ServerCheck(this)),
      message_(new FieldMessage(this)),
      key_(new KeyFields(ring, QStringLiteral("server"), this)) {
  auto* form = new QFormLayout(this);
  form->setContentsMargins(0, 0, 0, 0);
  form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  name_ = add_field(*form, "server_name", tr("&Name"), tr("Name of the server"),
                    tr("as you want to find it again"));
  address_ = add_field(*form, "server_address", tr("A&ddress"), tr("Address of the server"),
                       tr("up to its version, such as https://api.example.org/v1"));
  message_->setObjectName(QStringLiteral("server_address_message"));
  form->addRow(QString(), message_);
  model_ = add_field(*form, "server_model", tr("&Model"), tr("Name of the model on the server"),
                     tr("as the server calls it; can be left empty"));
  form->addRow(key_);
  form->addRow(QString(), create_test());
  align_form_labels(*this);
  connect(key_, &KeyFields::changed, this, &ServerForm::field_edited);
  connect(check_, &ServerCheck::answers, this, [this](const QStringList& models) {
    const QStringList named = models.first(std::min<qsizetype>(models.size(), kModelsNamed));
    QString sentence =
        models.isEmpty()
            ? tr("The server answers and names no model.")
            : tr("The server answers. Its models: %1").arg(named.join(QStringLiteral(", ")));
    if (models.size() > named.size())
      sentence += QLatin1Char(' ') + tr("and %1 more").arg(models.size() - named.size());
    if (!model_->text().trimmed().isEmpty() && !models.isEmpty() &&
        !models.contains(model_->text().trimmed()))
      return say(tr("The server answers, but has no model “%1”. It has: %2")
                     .arg(model_->text().trimmed(), named.join(QStringLiteral(", "))),
                 false);
    say(sentence, true);
  });
  connect(check_, &ServerCheck::fails, this,
          [this](const QString& problem) { say(problem, false); });
}

QLineEdit* ServerForm::add_field(QFormLayout& form, const char* id, const QString& label,
                                 const QString& name, const QString& hint) {
  auto* field = new QLineEdit(this);
  field->setObjectName(QLatin1String(id));
  field->setAccessibleName(name);
  field->setPlaceholderText(hint);
  form.addRow(label, field);
  connect(field, &QLineEdit::textChanged, this, &ServerForm::field_edited);
  return field;
}

QWidget* ServerForm::create_test() {
  auto* part = new QWidget(this);
  test_ = new QPushButton(tr("&Test connection"), part);
  test_->setObjectName(QStringLiteral("test_server"));
  test_->setAccessibleName(tr("Test the connection"));
  test_->setToolTip(tr("Asks the server for the list of its models, and for nothing else"));
  connect(test_, &QPushButton::clicked, this, &ServerForm::test);
  success_ = new QLabel(part);
  success_->setObjectName(QStringLiteral("server_answers"));
  success_->setWordWrap(true);
  success_->setTextFormat(Qt::PlainText);
  success_->hide();
  failure_ = new FieldMessage(part);
  failure_->setObjectName(QStringLiteral("server_fails"));
  auto* column = new QVBoxLayout(part);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(spacing::hair);
  column->addWidget(test_, 0, Qt::AlignLeft);
  column->addWidget(success_);
  column->addWidget(failure_);
  return part;
}

QString ServerForm::problem(const KeptServer& server) {
  if (server.address.isEmpty()) return tr("Give the server's address.");
  const QUrl url(server.address, QUrl::StrictMode);
  if (!url.isValid() || url.host().isEmpty() ||
      (url.scheme() != QStringLiteral("http") && url.scheme() != QStringLiteral("https")))
    return tr("The address begins with https:// or http:// and names a server.");
  // They could hide a key, and the address is kept and shown.
  if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment())
    return tr("The address may hold neither user names nor parameters.");
  return {};
}

void ServerForm::show_server(const KeptServer& server) {
  showing_ = true;
  name_->setText(server.name);
  address_->setText(server.address);
  model_->setText(server.model);
  key_->set_name(server.key_name);
  showing_ = false;
  check_->forget();
  say({}, true);
  // A new server is not wrong before anything was typed.
  message_->set_message(server.address.isEmpty() ? QString() : problem(server));
  test_->setEnabled(problem(server).isEmpty());
}

KeptServer ServerForm::server() const {
  return {name_->text().trimmed(), address_->text().trimmed(), key_->name(),
          model_->text().trimmed()};
}

void ServerForm::focus_name() {
  name_->setFocus(Qt::OtherFocusReason);
  name_->selectAll();
}

void ServerForm::field_edited() {
  if (showing_) return;
  const QString wrong = problem(server());
  message_->set_message(wrong);
  test_->setEnabled(wrong.isEmpty());
  check_->forget();  // it was asked with what stood here before
  say({}, true);
  Q_EMIT edited();
}

void ServerForm::test() {
  const KeptServer asked = server();
  say(tr("Asking…"), true);
  if (asked.key_name.isEmpty()) return check_->ask(asked.address, {});
  ring_.read(asked.key_name, this, [this, asked](const QString& key, const QString& problem) {
    if (asked != server()) return;  // edited meanwhile
    if (!problem.isEmpty()) return say(problem, false);
    if (key.isEmpty())
      return say(
          tr("The key ring has no key “%1”. Keep one under this name first.").arg(asked.key_name),
          false);
    check_->ask(asked.address, key);
  });
}

void ServerForm::say(const QString& sentence, bool good) {
  success_->setText(good ? sentence : QString());
  success_->setVisible(good && !sentence.isEmpty());
  failure_->set_message(good ? QString() : sentence);
}

}  // namespace loom::ui
