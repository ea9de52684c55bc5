#include "ui/shell/menu_place.h"

#include <QCursor>
#include <QPushButton>
#include <QVBoxLayout>
#include <QtTest>

using namespace loom::ui;

class MenuPlaceTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  // Whoever presses Ctrl+E has the mouse anywhere.
  void below_the_button_of_its_window() {
    QWidget window;
    auto* column = new QVBoxLayout(&window);
    auto* button = new QPushButton(QStringLiteral("Export…"));
    button->setObjectName(QStringLiteral("page_primary"));
    auto* page = new QWidget;
    column->addWidget(button);
    column->addWidget(page, 1);
    window.resize(300, 200);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QCOMPARE(menu_place(*page, QStringLiteral("page_primary")),
             button->mapToGlobal(QPoint(0, button->height())));
    button->hide();
    QCOMPARE(menu_place(*page, QStringLiteral("page_primary")), QCursor::pos());
    QCOMPARE(menu_place(*page, QStringLiteral("no such button")), QCursor::pos());
  }
};

QTEST_MAIN(MenuPlaceTest)
#include "menu_place_test.moc"
