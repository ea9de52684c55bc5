#include "ui/shell/icons.h"

#include <QApplication>
#include <QImage>
#include <QtTest>
#include <set>

#include "ui/shell/theme_colors.h"

using namespace loom::ui;

namespace {

QImage picture(Icon which, int side, QIcon::Mode mode = QIcon::Normal,
               IconTone tone = IconTone::text) {
  return icon(which, tone).pixmap(QSize(side, side), 1, mode).toImage().convertToFormat(
      QImage::Format_ARGB32);
}

int inked(const QImage& image) {
  int count = 0;
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x) count += qAlpha(image.pixel(x, y)) > 127;
  return count;
}

bool has_color(const QImage& image, const QColor& color) {
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x)
      if (image.pixel(x, y) == color.rgba()) return true;
  return false;
}

}  // namespace

class IconsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void every_icon_is_painted_in_both_themes() {
    for (const ThemeColors* colors : {&light_colors(), &dark_colors()}) {
      QApplication::setPalette(make_palette(*colors));
      for (int i = 0; i < int(Icon::count_); ++i) {
        QImage image = picture(Icon(i), 48);
        QVERIFY2(inked(image) >= 20, qPrintable(QString::number(i)));
        QVERIFY2(has_color(image, colors->text), qPrintable(QString::number(i)));
      }
    }
  }

  void no_icon_is_cut_off() {
    for (int i = 0; i < int(Icon::count_); ++i) {
      QImage image = picture(Icon(i), 48);
      for (int at = 0; at < 48; ++at)
        for (QRgb edge : {image.pixel(at, 0), image.pixel(at, 47), image.pixel(0, at),
                          image.pixel(47, at)})
          QVERIFY2(qAlpha(edge) < 128, qPrintable(QString::number(i)));
    }
  }

  void icons_differ() {
    std::set<QByteArray> seen;
    for (int i = 0; i < int(Icon::count_); ++i) {
      QImage image = picture(Icon(i), 24);
      seen.insert(QByteArray(reinterpret_cast<const char*>(image.constBits()),
                             int(image.sizeInBytes())));
    }
    QCOMPARE(int(seen.size()), int(Icon::count_));
  }

  void disabled_and_toned_icons_take_their_colours() {
    QApplication::setPalette(make_palette(light_colors()));
    QVERIFY(has_color(picture(Icon::play, 48, QIcon::Disabled), light_colors().disabled));
    QVERIFY(has_color(picture(Icon::warning, 48, QIcon::Normal, IconTone::warning),
                      light_colors().warning));
  }

  void painted_at_the_size_of_the_screen() {
    QPixmap pixmap = icon(Icon::runs).pixmap(QSize(24, 24), 2.0);
    QCOMPARE(pixmap.size(), QSize(48, 48));
    QCOMPARE(pixmap.devicePixelRatio(), 2.0);
  }
};

QTEST_MAIN(IconsTest)
#include "icons_test.moc"
