#include "ui/shell/column_fit.h"

#include <QHeaderView>
#include <QHelpEvent>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTableView>
#include <QToolTip>
#include <QtTest>
#include <numeric>

using namespace loom::ui;

class ColumnFitTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void widths_data();
  void widths();
  void nothing_is_scrolled_sideways();
  void what_was_dragged_is_kept();
  void titles_are_whole_where_they_fit();
  void hidden_columns_leave_their_room();
  void what_is_cut_is_told();
};

namespace {

// A name, a date that is never cut, and tags.
const std::vector<ColumnWidth> kColumns = {{200, 50, true}, {100, 100, false}, {100, 50, true}};

struct List {
  List() : model(3, 3) {
    view.setModel(&model);
    fit = new ColumnFit(view, *view.horizontalHeader(), kColumns);
  }
  std::vector<int> widths() const {
    return {view.columnWidth(0), view.columnWidth(1), view.columnWidth(2)};
  }
  void show(int width) {
    view.resize(width, 300);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QTRY_COMPARE(view.horizontalHeader()->length(), view.viewport()->width());
  }

  QStandardItemModel model;
  QTableView view;
  ColumnFit* fit;
};

}  // namespace

void ColumnFitTest::widths_data() {
  QTest::addColumn<int>("room");
  QTest::addColumn<std::vector<int>>("expected");
  QTest::addRow("as wanted") << 400 << std::vector<int>{200, 100, 100};
  // Two thirds of the rest to the column that is twice as wide.
  QTest::addRow("more room") << 700 << std::vector<int>{400, 100, 200};
  // 150 and 50 can be given: 100 of them are taken in that proportion.
  QTest::addRow("less room") << 300 << std::vector<int>{125, 100, 75};
  QTest::addRow("least") << 200 << std::vector<int>{50, 100, 50};
  QTest::addRow("less than the least") << 100 << std::vector<int>{25, 50, 25};
}

void ColumnFitTest::widths() {
  QFETCH(int, room);
  QFETCH(std::vector<int>, expected);
  QCOMPARE(fitted_widths(kColumns, room), expected);
  // To the last pixel, whatever the room.
  for (int other : {101, 333, 401, 997}) {
    const std::vector<int> all = fitted_widths(kColumns, other);
    QCOMPARE(std::accumulate(all.begin(), all.end(), 0), other);
  }
}

void ColumnFitTest::nothing_is_scrolled_sideways() {
  List list;
  for (int width : {700, 300, 420, 260}) {
    list.show(width);
    QCOMPARE(list.view.horizontalScrollBar()->maximum(), 0);
    QCOMPARE(list.view.columnWidth(1), 100);
  }
}

void ColumnFitTest::what_was_dragged_is_kept() {
  List list;
  list.show(700);
  list.view.horizontalHeader()->resizeSection(1, 180);  // as a user drags
  list.show(800);
  QCOMPARE(list.view.columnWidth(1), 180);
  // What an earlier start had counts too.
  const QByteArray state = list.view.horizontalHeader()->saveState();
  List next;
  QVERIFY(next.view.horizontalHeader()->restoreState(state));
  next.fit->take_widths();
  next.show(800);
  QCOMPARE(next.view.columnWidth(1), 180);
}

// Whatever widths were set down for them: a language's words may be longer.
void ColumnFitTest::titles_are_whole_where_they_fit() {
  List list;
  list.model.setHorizontalHeaderLabels({QStringLiteral("A name that is quite long"),
                                        QStringLiteral("When it was started and ended"),
                                        QStringLiteral("Window, tokens, of the model")});
  const QHeaderView& header = *list.view.horizontalHeader();
  auto needed = [&](int column) {
    const QString title = list.model.headerData(column, Qt::Horizontal).toString();
    return header.fontMetrics().horizontalAdvance(title) +
           header.style()->pixelMetric(QStyle::PM_HeaderMargin);
  };
  int titles = 0;
  for (int column = 0; column < 3; ++column) titles += title_width(header, column);
  QVERIFY(titles > 300);
  for (int spare : {300, 40}) {  // 40: a vertical header and a frame, and no more
    list.show(titles + spare + list.view.verticalHeader()->width());
    for (int column = 0; column < 3; ++column)
      QVERIFY2(list.view.columnWidth(column) >= needed(column),
               qPrintable(QStringLiteral("column %1 at %2").arg(column).arg(spare)));
  }
  // The arrow of the sorted column is not drawn over its title.
  list.view.setSortingEnabled(true);
  list.view.sortByColumn(2, Qt::DescendingOrder);
  QTRY_VERIFY(list.view.columnWidth(2) >= title_width(header, 2));
  QVERIFY(title_width(header, 2) > needed(2));
  // Where there is too little room, it is shared, and nothing is scrolled sideways.
  list.show(220);
  QCOMPARE(list.view.horizontalScrollBar()->maximum(), 0);
  for (int width : list.widths()) QVERIFY(width >= 24);
  // Dragged narrower than its title: so its user wants it.
  list.show(titles + 300);
  list.view.horizontalHeader()->resizeSection(1, 60);
  list.show(titles + 320);
  QCOMPARE(list.view.columnWidth(1), 60);
}

void ColumnFitTest::hidden_columns_leave_their_room() {
  List list;
  list.view.setColumnHidden(2, true);
  list.fit->fit();
  list.show(500);
  QCOMPARE(list.view.columnWidth(0), list.view.viewport()->width() - 100);
}

void ColumnFitTest::what_is_cut_is_told() {
  List list;
  const QString words = QStringLiteral("a name that is far too long for its column to be shown");
  list.model.setItem(0, 0, new QStandardItem(words));
  list.model.setItem(1, 0, new QStandardItem(QStringLiteral("a")));
  list.show(300);
  auto hover = [&list](int row) {
    QToolTip::hideText();
    const QPoint at = list.view.visualRect(list.model.index(row, 0)).center();
    QHelpEvent event(QEvent::ToolTip, at, list.view.viewport()->mapToGlobal(at));
    QApplication::sendEvent(list.view.viewport(), &event);
    return QToolTip::isVisible() ? QToolTip::text() : QString();
  };
  QCOMPARE(hover(0), words);
  QVERIFY(hover(1) != QStringLiteral("a"));
  list.model.item(0, 0)->setToolTip(QStringLiteral("something else"));
  QCOMPARE(hover(0), QStringLiteral("something else"));
}

QTEST_MAIN(ColumnFitTest)
#include "column_fit_test.moc"
