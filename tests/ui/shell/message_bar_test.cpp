#include "ui/shell/message_bar.h"

#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QtTest>

using namespace loom;
using namespace loom::ui;

class MessageBarTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void error_says_what_happened_where_and_what_now() {
    MessageBar bar;
    bar.show_error({ErrorKind::io, "the history cannot be written", "/disk/history.sqlite",
                    "free some space on the disk"});
    QCOMPARE(bar.sentence(), QStringLiteral("The history cannot be written"));
    auto* details = bar.findChild<QLabel*>(QStringLiteral("message_details"));
    QVERIFY(details->text().contains(QStringLiteral("/disk/history.sqlite")));
    QVERIFY(details->text().contains(QStringLiteral("Free some space on the disk")));
    QVERIFY(!details->isHidden());
    bar.findChild<QToolButton*>(QStringLiteral("message_more"))->click();
    QVERIFY(details->isHidden());
  }

  void undo_acts_once_and_goes() {
    MessageBar bar;
    QAction undo(QStringLiteral("Undo"));
    QSignalSpy undone(&undo, &QAction::triggered);
    bar.show_undo(QStringLiteral("Run deleted."), &undo);
    auto* button = bar.findChild<QPushButton*>(QStringLiteral("message_action"));
    QCOMPARE(button->text(), QStringLiteral("Undo"));
    button->click();
    QCOMPARE(undone.count(), 1);
    QVERIFY(bar.isHidden());
  }

  void next_message_forgets_the_action_before() {
    MessageBar bar;
    QAction undo(QStringLiteral("Undo")), resume(QStringLiteral("Resume"));
    QSignalSpy undone(&undo, &QAction::triggered), resumed(&resume, &QAction::triggered);
    bar.show_undo(QStringLiteral("Run deleted."), &undo);
    bar.show_message(MessageKind::info, QStringLiteral("A run stopped."), {}, &resume);
    bar.findChild<QPushButton*>(QStringLiteral("message_action"))->click();
    QCOMPARE(undone.count(), 0);
    QCOMPARE(resumed.count(), 1);
  }

  void empty_sentence_takes_it_away() {
    MessageBar bar;
    bar.show_message(MessageKind::warning, QStringLiteral("Two runs differ in their template."));
    QVERIFY(!bar.isHidden());
    bar.show_message(MessageKind::warning, QString());
    QVERIFY(bar.isHidden());
    QCOMPARE(bar.sentence(), QString());
  }
};

QTEST_MAIN(MessageBarTest)
#include "message_bar_test.moc"
