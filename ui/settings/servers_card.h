// Servers that speak OpenAI's protocol, kept by name for wherever one can be used.
#pragma once

#include "ui/execution/kept_servers.h"
#include "ui/shell/fact_list.h"

class QAction;
class QListWidget;
class QPushButton;

namespace loom::ui {

class ServerForm;
class Workspace;

class ServersCard : public Card {
  Q_OBJECT
 public:
  explicit ServersCard(Workspace& workspace, QWidget* parent = nullptr);

 Q_SIGNALS:
  void undo_offered(const QString& sentence, QAction* undo);

 private:
  QWidget* create_list();
  void show_servers(int current);
  void show_current();
  void add_server();
  void take_edits();
  void remove_current();
  static QString title_of(const KeptServer& server);

  QList<KeptServer> servers_;
  QListWidget* list_ = nullptr;
  QPushButton *add_ = nullptr, *remove_ = nullptr;
  ServerForm* form_ = nullptr;
};

}  // namespace loom::ui
