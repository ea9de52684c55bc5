#include "ui/settings/servers_card.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/execution/workspace.h"
#include "ui/settings/server_form.h"
#include "ui/shell/icons.h"
#include "ui/shell/theme.h"

namespace loom::ui {
namespace {
constexpr int kRowsShown = 4;
}

ServersCard::ServersCard(Workspace& workspace, QWidget* parent)
    : Card(tr("Servers"), parent), servers_(kept_servers()) {
  auto* note = new QLabel(tr("OpenAI-compatible servers that grade answers when you judge a run. "
                             "They get the questions and answers to be graded."),
                          this);
  note->setWordWrap(true);
  note->setForegroundRole(QPalette::PlaceholderText);
  add(note);
  add(create_list());
  form_ = new ServerForm(workspace.key_ring(), this);
  connect(form_, &ServerForm::edited, this, &ServersCard::take_edits);
  add(form_);
  show_servers(0);
}

QWidget* ServersCard::create_list() {
  auto* part = new QWidget(this);
  list_ = new QListWidget(part);
  list_->setObjectName(QStringLiteral("servers"));
  list_->setAccessibleName(tr("Kept servers"));
  list_->setFixedHeight(kRowsShown * spacing::row + spacing::small);
  list_->setTextElideMode(Qt::ElideMiddle);
  connect(list_, &QListWidget::currentRowChanged, this, &ServersCard::show_current);
  add_ = new QPushButton(tr("Add server"), part);
  add_->setObjectName(QStringLiteral("add_server"));
  add_->setAccessibleName(add_->text());
  add_->setIcon(icon(Icon::add));
  connect(add_, &QPushButton::clicked, this, &ServersCard::add_server);
  remove_ = new QPushButton(tr("Remove from list"), part);
  remove_->setObjectName(QStringLiteral("remove_server"));
  remove_->setAccessibleName(tr("Remove the server from the list"));
  remove_->setToolTip(tr("Its key stays in the key ring"));
  connect(remove_, &QPushButton::clicked, this, &ServersCard::remove_current);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(add_);
  buttons->addWidget(remove_);
  buttons->addStretch();
  auto* column = new QVBoxLayout(part);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(list_);
  column->addLayout(buttons);
  return part;
}

QString ServersCard::title_of(const KeptServer& server) {
  const QString name = server.name.isEmpty() ? tr("Unnamed") : server.name;
  const QString title =
      server.address.isEmpty() ? name : name + QStringLiteral(" · ") + server.address;
  return ServerForm::problem(server).isEmpty() ? title : tr("%1 (not complete)").arg(title);
}

void ServersCard::show_servers(int current) {
  {
    const QSignalBlocker quiet(list_);
    list_->clear();
    for (const KeptServer& server : servers_)
      new QListWidgetItem(icon(Icon::link, IconTone::secondary), title_of(server), list_);
    list_->setCurrentRow(std::min<int>(current, list_->count() - 1));
  }
  show_current();
}

void ServersCard::show_current() {
  const int row = list_->currentRow();
  list_->setVisible(!servers_.isEmpty());
  form_->setVisible(row >= 0);
  remove_->setVisible(row >= 0);
  if (row >= 0) form_->show_server(servers_[row]);
}

void ServersCard::add_server() {
  servers_ << KeptServer{tr("New server"), {}, {}, {}};
  keep_servers(servers_);
  show_servers(static_cast<int>(servers_.size()) - 1);
  form_->focus_name();
}

void ServersCard::take_edits() {
  const int row = list_->currentRow();
  if (row < 0 || servers_[row] == form_->server()) return;
  servers_[row] = form_->server();
  keep_servers(servers_);
  list_->currentItem()->setText(title_of(servers_[row]));
}

void ServersCard::remove_current() {
  const int row = list_->currentRow();
  if (row < 0) return;
  const KeptServer removed = servers_.takeAt(row);
  keep_servers(servers_);
  show_servers(row);
  auto* undo = new QAction(tr("Undo"), this);
  connect(undo, &QAction::triggered, this, [this, removed, row, undo] {
    servers_.insert(std::min<qsizetype>(row, servers_.size()), removed);
    keep_servers(servers_);
    show_servers(row);
    undo->deleteLater();
  });
  Q_EMIT undo_offered(tr("Removed “%1” from the servers.").arg(removed.name), undo);
}

}  // namespace loom::ui
