#include "ui/shell/copy_rows.h"

#include <QClipboard>
#include <QHeaderView>
#include <QStandardItemModel>
#include <QTableView>
#include <QTreeWidget>
#include <QtTest>

using namespace loom::ui;

namespace {

struct ScoreList {
  ScoreList() : model(3, 3) {
    model.setHorizontalHeaderLabels(
        {QStringLiteral("Task"), QStringLiteral("Time\nh:mm:ss"), QStringLiteral("Score")});
    for (int row = 0; row < 3; ++row)
      for (int column = 0; column < 3; ++column)
        model.setItem(row, column, new QStandardItem(QStringLiteral("%1%2").arg(row).arg(column)));
    model.item(1, 0)->setText(QStringLiteral("two\nlines\tand a tab"));
    view.setModel(&model);
    view.setSelectionBehavior(QAbstractItemView::SelectRows);
  }
  void choose(const QList<int>& rows) {
    view.clearSelection();
    for (int row : rows)
      view.selectionModel()->select(
          model.index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
  }
  QStandardItemModel model;
  QTableView view;
};

}  // namespace

class CopyRowsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void rows_stand_below_their_titles() {
    ScoreList list;
    QCOMPARE(chosen_rows(list.view), QString());
    list.choose({2, 0});
    QCOMPARE(chosen_rows(list.view),
             QStringLiteral("Task\tTime h:mm:ss\tScore\n00\t01\t02\n20\t21\t22\n"));
    list.choose({1});
    QCOMPARE(chosen_rows(list.view),
             QStringLiteral("Task\tTime h:mm:ss\tScore\ntwo lines and a tab\t11\t12\n"));
  }

  void as_the_columns_are_shown() {
    ScoreList list;
    list.view.setColumnHidden(1, true);
    list.view.horizontalHeader()->moveSection(2, 0);
    list.choose({0});
    QCOMPARE(chosen_rows(list.view), QStringLiteral("Score\tTask\n02\t00\n"));
  }

  void trees_too() {
    QTreeWidget tree;
    tree.setHeaderLabels({QStringLiteral("Name"), QStringLiteral("Value")});
    auto* parent = new QTreeWidgetItem(&tree, {QStringLiteral("Run")});
    auto* child = new QTreeWidgetItem(parent, {QStringLiteral("Seed"), QStringLiteral("42")});
    parent->setExpanded(true);
    tree.setCurrentItem(child);
    QCOMPARE(chosen_rows(tree), QStringLiteral("Name\tValue\nSeed\t42\n"));
  }

  void the_key_copies_them() {
    ScoreList list;
    copy_rows_on_key(list.view);
    list.choose({0});
    list.view.show();
    list.view.activateWindow();
    list.view.setFocus();
    QVERIFY(QTest::qWaitForWindowActive(&list.view));
    QGuiApplication::clipboard()->clear();
    QTest::keyClick(&list.view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), chosen_rows(list.view));
  }
};

QTEST_MAIN(CopyRowsTest)
#include "copy_rows_test.moc"
