#include "ui/charts/figure_view.h"

#include <QPainter>
#include <QSignalSpy>
#include <QtTest>

using namespace loom;
using namespace loom::ui;

namespace {

// Two places, the second without a key, and a red square in the first.
Figure two_places(QSizeF points, const FigureTheme& theme) {
  Figure figure;
  figure.width = points.width();
  figure.height = points.height();
  figure.background = figure_colors(theme).background;
  figure.title = "Two places";
  figure.description = "One can be opened";
  Rectangle square;
  square.x = square.y = 30;
  square.width = square.height = 30;
  square.fill = {255, 0, 0};
  figure.marks.push_back(square);
  figure.hotspots.push_back({30, 30, 30, 30, "first tip", "0/0"});
  figure.hotspots.push_back({90, 30, 30, 30, "second tip", ""});
  return figure;
}

QPalette dark_palette() {
  QPalette palette;
  palette.setColor(QPalette::Window, QColor(30, 30, 30));
  palette.setColor(QPalette::WindowText, QColor(240, 240, 240));
  return palette;
}

}  // namespace

class FigureViewTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init();
  void click_opens_what_is_under_it();
  void keyboard_walks_and_opens();
  void hover_makes_current();
  void name_and_description_follow();
  void marks_are_painted_where_they_are();
  void palette_changes_the_theme();
  void a_tall_figure_is_made_to_fit();
  void current_place_survives_a_refresh();

 private:
  QPoint pixel(double x, double y) const {  // from points, at the screen's scale
    double scale = view_->logicalDpiY() / 72.0;
    return {qRound(x * scale), qRound(y * scale)};
  }
  std::unique_ptr<FigureView> view_;
};

void FigureViewTest::init() {
  view_ = std::make_unique<FigureView>();
  view_->set_provider(two_places);
  view_->resize(400, 200);
  view_->show();
  QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
  view_->setFocus();
}

void FigureViewTest::click_opens_what_is_under_it() {
  QSignalSpy opened(view_.get(), &FigureView::activated);
  QTest::mouseClick(view_.get(), Qt::LeftButton, {}, pixel(45, 45));
  QCOMPARE(opened.size(), 1);
  QCOMPARE(opened[0][0].toString(), QStringLiteral("0/0"));
  QTest::mouseClick(view_.get(), Qt::LeftButton, {}, pixel(105, 45));  // no key
  QTest::mouseClick(view_.get(), Qt::LeftButton, {}, pixel(5, 5));     // no place
  QTest::mouseClick(view_.get(), Qt::RightButton, {}, pixel(45, 45));
  QCOMPARE(opened.size(), 1);
}

void FigureViewTest::keyboard_walks_and_opens() {
  QSignalSpy opened(view_.get(), &FigureView::activated);
  QTest::keyClick(view_.get(), Qt::Key_Return);
  QCOMPARE(opened.size(), 0);
  QTest::keyClick(view_.get(), Qt::Key_Right);
  QCOMPARE(view_->current_hotspot(), 0);
  QTest::keyClick(view_.get(), Qt::Key_Return);
  QCOMPARE(opened.size(), 1);
  QTest::keyClick(view_.get(), Qt::Key_Right);
  QCOMPARE(view_->current_hotspot(), 1);
  QTest::keyClick(view_.get(), Qt::Key_Right);  // round to the first
  QCOMPARE(view_->current_hotspot(), 0);
  QTest::keyClick(view_.get(), Qt::Key_Left);
  QCOMPARE(view_->current_hotspot(), 1);
  QTest::keyClick(view_.get(), Qt::Key_Escape);
  QCOMPARE(view_->current_hotspot(), -1);
}

void FigureViewTest::hover_makes_current() {
  QSignalSpy changed(view_.get(), &FigureView::current_changed);
  QTest::mouseMove(view_.get(), pixel(105, 45));
  QTRY_COMPARE(view_->current_hotspot(), 1);
  QCOMPARE(changed.last()[0].toInt(), 1);
}

void FigureViewTest::name_and_description_follow() {
  QCOMPARE(view_->accessibleName(), QStringLiteral("Two places"));
  QCOMPARE(view_->accessibleDescription(), QStringLiteral("One can be opened"));
  QTest::keyClick(view_.get(), Qt::Key_Right);
  QCOMPARE(view_->accessibleDescription(), QStringLiteral("first tip"));
}

void FigureViewTest::marks_are_painted_where_they_are() {
  QImage image = view_->grab().toImage();
  double ratio = image.devicePixelRatio();
  QCOMPARE(image.pixelColor(pixel(45, 45) * ratio), QColor(255, 0, 0));
  QCOMPARE(image.pixelColor(pixel(75, 45) * ratio), QColor(255, 255, 255));
}

void FigureViewTest::palette_changes_the_theme() {
  QVERIFY(!screen_theme(*view_).dark);
  view_->setPalette(dark_palette());
  QVERIFY(screen_theme(*view_).dark);
  FigureTheme dark;
  dark.dark = true;
  Color background = figure_colors(dark).background;
  QCOMPARE(view_->grab().toImage().pixelColor(2, 2),
           QColor(background.r, background.g, background.b));
}

void FigureViewTest::a_tall_figure_is_made_to_fit() {
  view_->set_provider([](QSizeF points, const FigureTheme& theme) {
    return two_places({points.width(), points.height() * 2}, theme);
  });
  QSignalSpy opened(view_.get(), &FigureView::activated);
  // At half size and in the middle: 45 points stand at a quarter of the width and 22.5 points.
  double scale = view_->logicalDpiY() / 72.0;
  QTest::mouseClick(view_.get(), Qt::LeftButton, {},
                    QPoint(qRound(view_->width() * 0.25 + 22.5 * scale), qRound(22.5 * scale)));
  QCOMPARE(opened.size(), 1);
}

void FigureViewTest::current_place_survives_a_refresh() {
  QTest::keyClick(view_.get(), Qt::Key_Right);
  view_->set_provider([](QSizeF points, const FigureTheme& theme) {
    Figure figure = two_places(points, theme);
    std::swap(figure.hotspots[0], figure.hotspots[1]);
    return figure;
  });
  QCOMPARE(view_->current_hotspot(), 1);
}

QTEST_MAIN(FigureViewTest)
#include "figure_view_test.moc"
