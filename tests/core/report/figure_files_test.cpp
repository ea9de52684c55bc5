#include "core/report/figure_files.h"

#include <QImage>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest>
#include <clocale>

#include "core/base/text_file.h"
#include "tests/core/report/example_summaries.h"

using namespace loom;
using namespace loom::test;
namespace fs = std::filesystem;

class FigureFilesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void svg_is_xml_with_the_labels();
  void pdf_is_the_same_twice_and_embeds_its_fonts();
  void png_has_the_size_of_its_resolution();
  void unknown_formats_and_folders_are_errors();
  void numbers_have_points_in_every_locale();

 private:
  fs::path file(const char* name) const { return fs::path(folder_.path().toStdString()) / name; }
  Figure radar() const {
    RunSummary run = run_with({"Llama <3.1> & more"}, {"general", "reasoning", "retrieval"});
    return draw_radar(radar_model({run}, RadarAxes::capabilities), 84 / 25.4 * 72, 200, {});
  }
  QTemporaryDir folder_;
};

void FigureFilesTest::svg_is_xml_with_the_labels() {
  QVERIFY(write_figure(radar(), {}, FigureFormat::svg, file("radar.svg")));
  auto bytes = read_file(file("radar.svg"));
  QVERIFY(bytes);
  QXmlStreamReader xml(QByteArray::fromStdString(*bytes));
  QStringList texts;
  while (!xml.atEnd())
    if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == QStringLiteral("text"))
      texts << xml.readElementText();
  QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
  for (const QString& label : {QStringLiteral("General"), QStringLiteral("Reasoning"),
                               QStringLiteral("Llama <3.1> & more"), QStringLiteral("100")})
    QVERIFY2(texts.contains(label), qPrintable(label));
}

void FigureFilesTest::pdf_is_the_same_twice_and_embeds_its_fonts() {
  QVERIFY(write_figure(radar(), {}, FigureFormat::pdf, file("one.pdf")));
  QTest::qWait(1100);  // a date with seconds would differ
  QVERIFY(write_figure(radar(), {}, FigureFormat::pdf, file("two.pdf")));
  auto one = read_file(file("one.pdf")), two = read_file(file("two.pdf"));
  QVERIFY(one && two);
  QVERIFY(*one == *two);
  QVERIFY(one->starts_with("%PDF"));
  QVERIFY(one->find("/FontFile") != std::string::npos);
  QVERIFY(one->find("/ToUnicode") != std::string::npos);
}

void FigureFilesTest::png_has_the_size_of_its_resolution() {
  Figure figure = radar();
  for (double dpi : {300.0, 600.0}) {
    QVERIFY(write_figure(figure, {}, FigureFormat::png, file("radar.png"), dpi));
    QImage image(QString::fromStdString(file("radar.png").string()));
    QCOMPARE(image.width(), qRound(84 / 25.4 * dpi));
    QCOMPARE(image.height(), qRound(figure.height / 72 * dpi));
    QCOMPARE(image.dotsPerMeterX(), qRound(dpi / 0.0254));
    QCOMPARE(image.pixelColor(0, 0), QColor(Qt::white));
  }
}

void FigureFilesTest::unknown_formats_and_folders_are_errors() {
  QCOMPARE(figure_format_from("bmp").error().kind, ErrorKind::invalid_input);
  QCOMPARE(*figure_format_from("png"), FigureFormat::png);
  QVERIFY(write_file(file("occupied"), "x"));
  for (FigureFormat format : {FigureFormat::svg, FigureFormat::pdf, FigureFormat::png})
    QVERIFY(!write_figure(radar(), {}, format, file("occupied/radar")));
  auto huge = write_figure(radar(), {}, FigureFormat::png, file("huge.png"), 1e6);
  QVERIFY(!huge);
  QCOMPARE(huge.error().kind, ErrorKind::invalid_input);
  QVERIFY(!fs::exists(file("huge.png")));
}

void FigureFilesTest::numbers_have_points_in_every_locale() {
  const char* german = std::setlocale(LC_ALL, "de_DE.UTF-8");
  auto svg = write_figure(radar(), {}, FigureFormat::svg, file("german.svg"));
  std::setlocale(LC_ALL, "C");
  if (!german) QSKIP("the German locale is not installed");
  QVERIFY(svg);
  QVERIFY(write_figure(radar(), {}, FigureFormat::svg, file("plain.svg")));
  QVERIFY(*read_file(file("german.svg")) == *read_file(file("plain.svg")));
}

QTEST_GUILESS_MAIN(FigureFilesTest)
#include "figure_files_test.moc"
