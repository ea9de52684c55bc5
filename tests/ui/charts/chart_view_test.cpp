#include <QAbstractItemModel>
#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>
#include <QtTest>

#include "tests/core/report/example_summaries.h"
#include "ui/charts/figure_export_dialog.h"
#include "ui/charts/figure_view.h"
#include "ui/charts/score_charts.h"

using namespace loom;
using namespace loom::test;
using namespace loom::ui;

class ChartViewTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void a_point_opens_its_samples();
  void legend_switches_series();
  void hidden_series_stay_hidden();
  void data_is_the_table_of_the_model();
  void copy_has_picture_and_table();
  void export_opens_from_its_button();
  void empty_charts_say_so();

 private:
  void click(ChartView& view, const std::string& key);
  int hotspots(const std::string& prefix);
  RadarModel model() const {
    return radar_model({run_with({"A", "B"}, {"general", "reasoning", "retrieval"})},
                       RadarAxes::capabilities);
  }
  std::unique_ptr<RadarView> view_;
};

void ChartViewTest::init() {
  view_ = std::make_unique<RadarView>();
  view_->set_model(model());
  view_->resize(640, 520);
  view_->show();
  QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
}

void ChartViewTest::click(ChartView& view, const std::string& key) {
  FigureView& figure = view.figure_view();
  double scale = figure.logicalDpiY() / 72.0;
  for (const Hotspot& spot : figure.figure().hotspots) {
    if (spot.key != key) continue;
    QPointF middle(spot.x + spot.width / 2, spot.y + spot.height / 2);
    QTest::mouseClick(&figure, Qt::LeftButton, {}, (middle * scale).toPoint());
    return;
  }
  QFAIL(("no hotspot " + key).c_str());
}

int ChartViewTest::hotspots(const std::string& prefix) {
  int count = 0;
  for (const Hotspot& spot : view_->figure_view().figure().hotspots)
    count += spot.key.starts_with(prefix);
  return count;
}

void ChartViewTest::a_point_opens_its_samples() {
  QSignalSpy opened(view_.get(), &ChartView::activated);
  click(*view_, "1/2");
  QCOMPARE(opened.size(), 1);
  QCOMPARE(opened[0][0].toString(), QStringLiteral("1/2"));
}

void ChartViewTest::legend_switches_series() {
  QSignalSpy opened(view_.get(), &ChartView::activated);
  QCOMPARE(hotspots("0/"), 3);
  click(*view_, "legend/0");
  QCOMPARE(hotspots("0/"), 0);
  QCOMPARE(hotspots("1/"), 3);
  QVERIFY(!view_->model().series[0].visible);
  click(*view_, "legend/0");
  QCOMPARE(hotspots("0/"), 3);
  QCOMPARE(opened.size(), 0);
}

void ChartViewTest::hidden_series_stay_hidden() {
  click(*view_, "legend/1");
  view_->set_model(model());
  QVERIFY(view_->model().series[0].visible);
  QVERIFY(!view_->model().series[1].visible);
  RadarModel other = model();
  other.series[1].label = "C";
  view_->set_model(other);
  QVERIFY(view_->model().series[1].visible);
}

void ChartViewTest::data_is_the_table_of_the_model() {
  view_->show_data(true);
  QVERIFY(view_->data_shown());
  auto table = view_->findChild<QTableView*>();
  QVERIFY(table && table->isVisible());
  ChartTable expected = to_table(view_->model());
  QCOMPARE(table->model()->rowCount(), static_cast<int>(expected.rows.size()));
  QCOMPARE(table->model()->columnCount(), static_cast<int>(expected.header.size()));
  for (int row = 0; row < table->model()->rowCount(); ++row)
    for (int column = 0; column < table->model()->columnCount(); ++column)
      QCOMPARE(table->model()->index(row, column).data().toString().toStdString(),
               expected.rows[static_cast<size_t>(row)][static_cast<size_t>(column)]);
  view_->show_data(false);
  QVERIFY(!view_->data_shown());
}

void ChartViewTest::copy_has_picture_and_table() {
  view_->copy();
  const QMimeData* content = QApplication::clipboard()->mimeData();
  QVERIFY(content->hasImage());
  QVERIFY(content->text().contains(QStringLiteral("A\tGeneral\t90.00\t84.00\t96.00\t50")));
  view_->show_data(true);
  view_->copy();
  QVERIFY(!QApplication::clipboard()->mimeData()->hasImage());
}

void ChartViewTest::export_opens_from_its_button() {
  for (QToolButton* button : view_->findChildren<QToolButton*>()) {
    QVERIFY(!button->accessibleName().isEmpty());
    if (button->text().startsWith(QStringLiteral("Export")))
      QTest::mouseClick(button, Qt::LeftButton);
  }
  auto dialog = view_->findChild<FigureExportDialog*>();
  QVERIFY(dialog && dialog->isVisible());
  dialog->close();
}

void ChartViewTest::empty_charts_say_so() {
  LengthCurveView curve;
  HeatMapView heat;
  for (ChartView* view : std::initializer_list<ChartView*>{&curve, &heat}) {
    view->resize(400, 300);
    QVERIFY(view->figure_view().figure().hotspots.empty());
    bool said = false;
    for (const Mark& mark : view->figure_view().figure().marks)
      if (auto text = std::get_if<Text>(&mark)) said = said || text->text.starts_with("No scores");
    QVERIFY(said);
  }
}

QTEST_MAIN(ChartViewTest)
#include "chart_view_test.moc"
