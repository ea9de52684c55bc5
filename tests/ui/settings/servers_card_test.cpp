// Servers are added, edited, tested against a stand-in, removed and brought back.
#include "ui/settings/servers_card.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>

#include "tests/support/chat_server.h"
#include "tests/ui/named_widgets.h"
#include "tests/ui/pages/open_workspace.h"
#include "ui/settings/server_form.h"

using namespace loom;
using namespace loom::ui;
using loom::testing::ChatServer;
using loom::testing::OpenWorkspace;

class ServersCardTest : public QObject, protected loom::testing::NamedWidgets {
  Q_OBJECT
 private Q_SLOTS:
  void init();
  void cleanup();
  void addedServersAreKept();
  void editsBelongToTheirServer();
  void wrongAddressesExplainThemselves_data();
  void wrongAddressesExplainThemselves();
  void theConnectionIsTested();
  void failuresAreSaid();
  void editingForgetsTheAnswer();
  void removedServersComeBack();

 private:
  QWidget& acted_on() override { return *card_; }
  void add(const QString& name, const QString& address) {
    click("add_server");
    type("server_name", name);
    type("server_address", address);
  }

  std::unique_ptr<OpenWorkspace> workspace_;
  std::unique_ptr<ServersCard> card_;
};

void ServersCardTest::init() {
  workspace_ = std::make_unique<OpenWorkspace>();
  QVERIFY(workspace_->is_open());
  card_ = std::make_unique<ServersCard>(**workspace_);
  card_->resize(700, 500);
  card_->show();
  QVERIFY(QTest::qWaitForWindowActive(card_.get()));
}

void ServersCardTest::cleanup() {
  card_.reset();
  workspace_.reset();
}

void ServersCardTest::addedServersAreKept() {
  QVERIFY(kept_servers().isEmpty());
  QVERIFY(!find<QLineEdit>("server_name").isVisible());
  add(QStringLiteral("Ours"), QStringLiteral("https://api.example.org/v1"));
  type("server_model", QStringLiteral("large"));
  type("server_key_name", QStringLiteral("OUR_KEY"));
  const KeptServer expected{QStringLiteral("Ours"), QStringLiteral("https://api.example.org/v1"),
                            QStringLiteral("OUR_KEY"), QStringLiteral("large")};
  QCOMPARE(kept_servers(), QList<KeptServer>{expected});
  card_ = std::make_unique<ServersCard>(**workspace_);  // at the next start
  card_->show();
  QCOMPARE(find<QListWidget>("servers").count(), 1);
  QCOMPARE(find<QLineEdit>("server_address").text(), expected.address);
  QCOMPARE(find<QLineEdit>("server_key_name").text(), expected.key_name);
  workspace_->keep_pictures(*card_, QStringLiteral("settings-servers"));
}

void ServersCardTest::editsBelongToTheirServer() {
  add(QStringLiteral("One"), QStringLiteral("http://localhost:8000/v1"));
  add(QStringLiteral("Two"), QStringLiteral("http://localhost:9000/v1"));
  auto& list = find<QListWidget>("servers");
  list.setFocus();
  QTest::keyClick(&list, Qt::Key_Up);
  QCOMPARE(find<QLineEdit>("server_name").text(), QStringLiteral("One"));
  type("server_name", QStringLiteral("First"));
  QCOMPARE(kept_servers().at(0).name, QStringLiteral("First"));
  QCOMPARE(kept_servers().at(1).name, QStringLiteral("Two"));
  QVERIFY(list.item(0)->text().startsWith(QStringLiteral("First")));
}

void ServersCardTest::wrongAddressesExplainThemselves_data() {
  QTest::addColumn<QString>("address");
  QTest::addRow("none") << QString();
  QTest::addRow("scheme") << QStringLiteral("ftp://example.org");
  QTest::addRow("no host") << QStringLiteral("https://");
  QTest::addRow("a word") << QStringLiteral("example.org/v1");
  QTest::addRow("a key in it") << QStringLiteral("https://example.org/v1?key=secret");
  QTest::addRow("a user in it") << QStringLiteral("https://me:secret@example.org/v1");
}

void ServersCardTest::wrongAddressesExplainThemselves() {
  QFETCH(QString, address);
  add(QStringLiteral("Wrong"), QStringLiteral("http://x"));
  QVERIFY(find<QPushButton>("test_server").isEnabled());
  type("server_address", address);
  QVERIFY(find<QLabel>("server_address_message").isVisible());
  QVERIFY(!find<QPushButton>("test_server").isEnabled());
  QVERIFY(find<QListWidget>("servers").item(0)->text().contains(QStringLiteral("not complete")));
}

void ServersCardTest::theConnectionIsTested() {
  ChatServer server([](const nlohmann::json&) { return "unused"; });
  add(QStringLiteral("Here"), QString::fromStdString(server.url()));
  click("test_server");
  auto& answers = find<QLabel>("server_answers");
  QTRY_VERIFY_WITH_TIMEOUT(answers.text().contains(QStringLiteral("model-1, model-2")), 20'000);
  QVERIFY(answers.isVisible());
  QVERIFY(!find<QLabel>("server_fails").isVisible());
  workspace_->keep_pictures(*card_, QStringLiteral("settings-server-answers"));
  type("server_model", QStringLiteral("model-3"));
  click("test_server");
  auto& fails = find<QLabel>("server_fails");
  QTRY_VERIFY_WITH_TIMEOUT(fails.text().contains(QStringLiteral("no model “model-3”")), 20'000);
  QVERIFY(!answers.isVisible());
}

void ServersCardTest::failuresAreSaid() {
  ChatServer server([](const nlohmann::json&) { return "unused"; });
  server.require_key("sk-0123456789");
  add(QStringLiteral("Here"), QString::fromStdString(server.url()));
  click("test_server");
  auto& fails = find<QLabel>("server_fails");
  QTRY_VERIFY_WITH_TIMEOUT(fails.text().contains(QStringLiteral("wants a key (401)")), 20'000);
  QVERIFY(fails.isVisible());
  QCOMPARE(fails.accessibleName(), fails.text());
}

void ServersCardTest::editingForgetsTheAnswer() {
  ChatServer server([](const nlohmann::json&) { return "unused"; });
  add(QStringLiteral("Here"), QString::fromStdString(server.url()));
  click("test_server");
  auto& answers = find<QLabel>("server_answers");
  QTRY_VERIFY_WITH_TIMEOUT(answers.text().contains(QStringLiteral("model-1")), 20'000);
  type("server_name", QStringLiteral("There"));
  QVERIFY(!answers.isVisible());
}

void ServersCardTest::removedServersComeBack() {
  add(QStringLiteral("One"), QStringLiteral("http://localhost:8000/v1"));
  add(QStringLiteral("Two"), QStringLiteral("http://localhost:9000/v1"));
  const QList<KeptServer> before = kept_servers();
  find<QListWidget>("servers").setCurrentRow(0);
  QAction* undo = nullptr;
  connect(card_.get(), &ServersCard::undo_offered, card_.get(),
          [&](const QString&, QAction* offered) { undo = offered; });
  click("remove_server");
  QCOMPARE(kept_servers(), QList<KeptServer>{before.at(1)});
  QCOMPARE(find<QLineEdit>("server_name").text(), QStringLiteral("Two"));
  QVERIFY(undo);
  undo->trigger();
  QCOMPARE(kept_servers(), before);
  QCOMPARE(find<QLineEdit>("server_name").text(), QStringLiteral("One"));
}

QTEST_MAIN(ServersCardTest)
#include "servers_card_test.moc"
