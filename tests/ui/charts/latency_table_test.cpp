#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QtTest>

#include "tests/core/report/example_summaries.h"
#include "ui/charts/latency_table_view.h"
#include "ui/charts/share_delegate.h"
#include "ui/shell/column_fit.h"
#include "ui/shell/theme.h"

using namespace loom;
using namespace loom::test;
using namespace loom::ui;

class LatencyTableTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { theme_ = std::make_unique<Theme>(*qApp); }  // widths as in the window
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
  void one_model_needs_no_column_of_names();
  void columns_fit_the_width_data();
  void columns_fit_the_width();
  void numbers_follow_the_locale();

 private:
  QString text(int row, int column) const {
    return view_->table().model()->index(row, column).data().toString();
  }
  std::unique_ptr<Theme> theme_;
  std::unique_ptr<LatencyTableView> view_;
};

void LatencyTableTest::cells_are_the_model() {
  QCOMPARE(view_->table().model()->rowCount(), 6);  // two benchmarks and the sum, two models each
  QCOMPARE(view_->table().model()->columnCount(), 9);
  QCOMPARE(text(0, 0), QStringLiteral("ruler"));
  QCOMPARE(text(0, 1), QStringLiteral("Llama-3.2-1B"));
  QCOMPARE(text(0, 2), QStringLiteral("0:01:00"));
  QCOMPARE(text(1, 0), QStringLiteral("ruler"));
  QCOMPARE(text(1, 1), QStringLiteral("Llama-3.1-8B"));
  QCOMPARE(text(1, 2), QStringLiteral("0:01:30"));
  QCOMPARE(text(2, 5), QStringLiteral("7.5 s"));
  QCOMPARE(text(0, 7), QLocale().toString(100.0, 'f', 1));
  QCOMPARE(text(5, 0), QStringLiteral("Sum"));
  QCOMPARE(text(5, 1), QStringLiteral("Llama-3.1-8B"));
  QCOMPARE(text(5, 2), QStringLiteral("0:02:15"));
  auto share = view_->table().model()->index(0, 2).data(ShareDelegate::share_role);
  QVERIFY(std::abs(share.toDouble() - 60.0 / 90.0) < 1e-9);
  QVERIFY(!view_->table().model()->index(4, 2).data(ShareDelegate::share_role).isValid());
}

void LatencyTableTest::sorting_keeps_the_sum_last() {
  view_->table().sortByColumn(2, Qt::AscendingOrder);
  QCOMPARE(text(0, 0), QStringLiteral("niah"));
  QCOMPARE(text(0, 1), QStringLiteral("Llama-3.2-1B"));
  QCOMPARE(text(4, 0), QStringLiteral("Sum"));
  QCOMPARE(text(4, 1), QStringLiteral("Llama-3.2-1B"));
  view_->table().sortByColumn(2, Qt::DescendingOrder);
  QCOMPARE(text(0, 0), QStringLiteral("ruler"));
  QCOMPARE(text(0, 1), QStringLiteral("Llama-3.1-8B"));
  QCOMPARE(text(5, 0), QStringLiteral("Sum"));
  view_->table().sortByColumn(1, Qt::AscendingOrder);
  QCOMPARE(text(0, 1), QStringLiteral("Llama-3.1-8B"));
  QCOMPARE(text(1, 1), QStringLiteral("Llama-3.1-8B"));
}

void LatencyTableTest::a_row_is_opened_with_its_model() {
  QSignalSpy opened(view_.get(), &LatencyTableView::activated);
  view_->table().sortByColumn(2, Qt::AscendingOrder);
  view_->table().setCurrentIndex(view_->table().model()->index(1, 5));
  QTest::keyClick(&view_->table(), Qt::Key_Return);
  QCOMPARE(opened.size(), 1);
  QCOMPARE(opened[0][0].toString(), QStringLiteral("niah"));
  QCOMPARE(opened[0][1].toInt(), 1);
  view_->table().setCurrentIndex(view_->table().model()->index(4, 1));
  QTest::keyClick(&view_->table(), Qt::Key_Return);  // the sum has no samples of its own
  QCOMPARE(opened.size(), 1);
}

void LatencyTableTest::caption_and_copy() {
  bool said = false;
  for (QLabel* label : view_->findChildren<QLabel*>())
    said = said || label->text().startsWith(QStringLiteral("2 devices, at work for 0:03:45"));
  QVERIFY(said);
  view_->copy();
  QVERIFY(
      QApplication::clipboard()->text().contains(QStringLiteral("Sum\tLlama-3.1-8B\t135.000\t")));
}

void LatencyTableTest::one_model_needs_no_column_of_names() {
  RunSummary run = timed_run();
  run.columns.resize(1);
  view_->set_model(latency_model({run}, false, 1));
  QCOMPARE(view_->table().model()->columnCount(), 8);
  QCOMPARE(view_->table().model()->rowCount(), 3);
  QCOMPARE(text(2, 0), QStringLiteral("Sum"));
  QCOMPARE(text(2, 1), QStringLiteral("0:01:30"));
}

// At 1280 x 800 the table has what rail, margins and radar leave; at 960 less.
void LatencyTableTest::columns_fit_the_width_data() {
  QTest::addColumn<int>("width");
  QTest::addColumn<int>("models");
  QTest::addColumn<bool>("whole");  // no number is cut
  for (int models : {1, 2, 3, 6}) {
    QTest::addRow("1280, %d models", models) << 720 << models << (models <= 3);
    QTest::addRow("960, %d models", models) << 480 << models << false;
  }
}

void LatencyTableTest::columns_fit_the_width() {
  QFETCH(int, width);
  QFETCH(int, models);
  QFETCH(bool, whole);
  RunSummary run = timed_run();
  const RunColumn some = run.columns.front();
  run.columns.assign(static_cast<size_t>(models), some);
  for (int i = 0; i < models; ++i)
    run.columns[static_cast<size_t>(i)].label =
        "Meta-Llama-3.1-8B-Instruct-Q4_K_M with SnapKV " + std::to_string(i);
  run.jobs[0].job.benchmark_id = "a_benchmark_with_a_long_name";
  view_->set_model(latency_model({run}, true, 1));
  view_->resize(width, 400);
  QTRY_COMPARE(view_->table().viewport()->width() >= width - 40, true);
  const QHeaderView& header = *view_->table().horizontalHeader();
  QVERIFY2(header.length() <= view_->table().viewport()->width(),
           qPrintable(QString::number(header.length())));
  QCOMPARE(view_->table().horizontalScrollBar()->maximum(), 0);
  // Also in the column that is sorted and has an arrow.
  if (whole) view_->table().sortByColumn(models > 1 ? 2 : 1, Qt::DescendingOrder);
  const QAbstractItemView& cells = view_->table();
  const int names = models > 1 ? 2 : 1;
  for (int column = 0; column < header.count(); ++column) {
    QVERIFY(!header.isSectionHidden(column));
    QVERIFY(header.sectionSize(column) > 20);
    if (whole && column >= names)
      QVERIFY(header.sectionSize(column) >=
              std::max(cells.sizeHintForColumn(column), title_width(header, column)));
  }
  // What a narrow column cuts is told in full.
  QCOMPARE(view_->table().model()->index(0, 0).data(Qt::ToolTipRole).toString(),
           QStringLiteral("a_benchmark_with_a_long_name/task"));
}

void LatencyTableTest::numbers_follow_the_locale() {
  const QLocale before;
  QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
  RunSummary run = timed_run();
  run.columns.resize(1);
  run.jobs[0].busy = {{"cpu", 0, 2.5}};
  run.jobs[0].wall_s = 2.5;
  run.columns[0].jobs = {0};
  run.jobs.resize(1);
  run.jobs[0].tokens_prefilled = 123'456'000;
  view_->set_model(latency_model({run}, false, 1));
  const QString total = text(0, 1), rate = text(0, 5), memory = text(0, 7);
  QString caption;
  for (QLabel* label : view_->findChildren<QLabel*>())
    if (label->text().contains(QStringLiteral("wall time"))) caption = label->text();
  view_->copy();
  QLocale::setDefault(before);
  QCOMPARE(total, QStringLiteral("2,5 s"));
  QCOMPARE(rate, QStringLiteral("4.115.200,0"));
  QCOMPARE(memory, QStringLiteral("2,00"));
  QVERIFY(caption.contains(QStringLiteral("2,5 s")));
  // What leaves the window has a point.
  QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("\t2.500\t")));
}

QTEST_MAIN(LatencyTableTest)
#include "latency_table_test.moc"
