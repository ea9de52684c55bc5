#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QSignalSpy>
#include <QTableView>
#include <QtTest>

#include "tests/core/report/example_summaries.h"
#include "ui/charts/latency_table_view.h"
#include "ui/charts/share_delegate.h"

using namespace loom;
using namespace loom::test;
using namespace loom::ui;

class LatencyTableTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    view_ = std::make_unique<LatencyTableView>();
    view_->set_model(latency_model({timed_run()}, false, 2));
    view_->resize(900, 300);
    view_->show();
  }
  void cells_are_the_model();
  void sorting_keeps_the_sum_last();
  void a_row_is_opened_with_its_model();
  void caption_and_copy();

 private:
  QString text(int row, int column) const {
    return view_->table().model()->index(row, column).data().toString();
  }
  std::unique_ptr<LatencyTableView> view_;
};

void LatencyTableTest::cells_are_the_model() {
  QCOMPARE(view_->table().model()->rowCount(), 3);
  QCOMPARE(view_->table().model()->columnCount(), 15);
  QCOMPARE(text(0, 0), QStringLiteral("ruler"));
  QCOMPARE(text(0, 1), QStringLiteral("0:01:00"));
  QCOMPARE(text(0, 8), QStringLiteral("0:01:30"));
  QCOMPARE(text(1, 4), QStringLiteral("7.5 s"));
  QCOMPARE(text(0, 6), QLocale().toString(100.0, 'f', 1));
  QCOMPARE(text(2, 0), QStringLiteral("Sum"));
  QCOMPARE(text(2, 8), QStringLiteral("0:02:15"));
  auto share = view_->table().model()->index(0, 1).data(ShareDelegate::share_role);
  QVERIFY(std::abs(share.toDouble() - 60.0 / 90.0) < 1e-9);
  QVERIFY(!view_->table().model()->index(2, 1).data(ShareDelegate::share_role).isValid());
}

void LatencyTableTest::sorting_keeps_the_sum_last() {
  view_->table().sortByColumn(1, Qt::AscendingOrder);
  QCOMPARE(text(0, 0), QStringLiteral("niah"));
  QCOMPARE(text(2, 0), QStringLiteral("Sum"));
  view_->table().sortByColumn(1, Qt::DescendingOrder);
  QCOMPARE(text(0, 0), QStringLiteral("ruler"));
  QCOMPARE(text(2, 0), QStringLiteral("Sum"));
}

void LatencyTableTest::a_row_is_opened_with_its_model() {
  QSignalSpy opened(view_.get(), &LatencyTableView::activated);
  view_->table().sortByColumn(1, Qt::AscendingOrder);
  view_->table().setCurrentIndex(view_->table().model()->index(0, 9));
  QTest::keyClick(&view_->table(), Qt::Key_Return);
  QCOMPARE(opened.size(), 1);
  QCOMPARE(opened[0][0].toString(), QStringLiteral("niah"));
  QCOMPARE(opened[0][1].toInt(), 1);
  view_->table().setCurrentIndex(view_->table().model()->index(2, 1));
  QTest::keyClick(&view_->table(), Qt::Key_Return);  // the sum has no samples of its own
  QCOMPARE(opened.size(), 1);
}

void LatencyTableTest::caption_and_copy() {
  bool said = false;
  for (QLabel* label : view_->findChildren<QLabel*>())
    said = said || label->text().startsWith(QStringLiteral("2 devices × 0:03:45"));
  QVERIFY(said);
  view_->copy();
  QVERIFY(
      QApplication::clipboard()->text().contains(QStringLiteral("Sum\tLlama-3.1-8B\t135.000\t")));
}

QTEST_MAIN(LatencyTableTest)
#include "latency_table_test.moc"
