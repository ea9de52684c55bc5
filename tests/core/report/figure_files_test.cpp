#include "core/report/figure_files.h"

#include <QImage>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest>
#include <clocale>
#include <map>

#include "core/base/text_file.h"
#include "tests/core/report/example_summaries.h"

using namespace loom;
using namespace loom::test;
namespace fs = std::filesystem;

class FigureFilesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void svg_is_xml_with_the_labels();
  void svg_needs_no_font();
  void svg_places_its_glyphs();
  void svg_keeps_what_no_font_has();
  void other_scripts_come_from_other_fonts_data();
  void other_scripts_come_from_other_fonts();
  void pdf_is_the_same_twice_and_embeds_its_fonts();
  void other_programs_find_the_fonts_in_the_pdf();
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
    if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == QStringLiteral("g"))
      texts << xml.attributes().value(QStringLiteral("aria-label")).toString();
  QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
  for (const QString& label : {QStringLiteral("General"), QStringLiteral("Reasoning"),
                               QStringLiteral("Llama <3.1> & more"), QStringLiteral("100")})
    QVERIFY2(texts.contains(label), qPrintable(label));
}

// No text element, no font by name; every outline that is used is there, once.
void FigureFilesTest::svg_needs_no_font() {
  QVERIFY(write_figure(radar(), {}, FigureFormat::svg, file("radar.svg")));
  QXmlStreamReader xml(QByteArray::fromStdString(*read_file(file("radar.svg"))));
  QStringList defined;
  QSet<QString> used;
  while (!xml.atEnd()) {
    if (xml.readNext() != QXmlStreamReader::StartElement) continue;
    QVERIFY(xml.name() != QStringLiteral("text"));
    for (const QXmlStreamAttribute& attribute : xml.attributes())
      QVERIFY2(!attribute.name().startsWith(QStringLiteral("font")),
               qPrintable(attribute.name().toString()));
    if (xml.name() == QStringLiteral("path"))
      defined << xml.attributes().value(QStringLiteral("id")).toString();
    if (xml.name() == QStringLiteral("use"))
      used << xml.attributes()
                  .value(QStringLiteral("http://www.w3.org/1999/xlink"), QStringLiteral("href"))
                  .toString()
                  .mid(1);
  }
  QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
  QVERIFY(defined.size() > 10);
  QCOMPARE(QSet<QString>(defined.begin(), defined.end()).size(), defined.size());
  QCOMPARE(used, QSet<QString>(defined.begin(), defined.end()));
}

namespace {

// A text alone on a page.
Figure one_text(const std::string& words, Align align) {
  Figure figure;
  figure.width = figure.height = 100;
  Text text;
  text.at = {50, 40};
  text.text = words;
  text.size = 10;
  text.align = align;
  figure.marks.push_back(text);
  return figure;
}

// Where the outlines of the only text stand, from its point, in thousandths of its size.
QList<double> places_in(const std::string& svg) {
  static const QRegularExpression use(QStringLiteral("<use [^>]*x=\\x22(-?\\d+)\\x22"));
  QList<double> places;
  for (auto found = use.globalMatch(QString::fromStdString(svg)); found.hasNext();)
    places << found.next().captured(1).toDouble();
  return places;
}

}  // namespace

void FigureFilesTest::svg_places_its_glyphs() {
  const double width = text_width("aaa", 1000, {});  // three glyphs of one width
  const double step = width / 3;
  const std::pair<Align, double> starts[] = {
      {Align::left, 0}, {Align::center, -width / 2}, {Align::right, -width}};
  for (const auto& [align, start] : starts) {
    QVERIFY(write_figure(one_text("aaa", align), {}, FigureFormat::svg, file("one.svg")));
    const std::string svg = *read_file(file("one.svg"));
    QVERIFY(svg.find("translate(50 40) scale(0.01)") != std::string::npos);
    QCOMPARE(QString::fromStdString(svg).count(QStringLiteral("<path")), 1);
    const QList<double> places = places_in(svg);
    QCOMPARE(places.size(), 3);
    for (int i = 0; i < 3; ++i)
      QVERIFY2(std::abs(places[i] - (start + i * step)) <= 10,
               qPrintable(QString::number(places[i])));
  }
  // A lower-case letter stands on the line and is half an em high.
  const QString svg = QString::fromStdString(*read_file(file("one.svg")));
  static const QRegularExpression height(QStringLiteral("[MLC ](-?\\d+) (-?\\d+)"));
  const QString outline =
      svg.section(QStringLiteral(" d=\x22"), 1, 1).section(QChar(u'\x22'), 0, 0);
  double top = 0, bottom = -1000;
  for (auto point = height.globalMatch(outline); point.hasNext();) {
    const double y = point.next().captured(2).toDouble();
    top = std::min(top, y);
    bottom = std::max(bottom, y);
  }
  QVERIFY2(top < -400 && top > -700, qPrintable(outline));
  QVERIFY2(bottom > -30 && bottom < 60, qPrintable(outline));
}

// A character of no font stays a text: who reads the file may have one.
void FigureFilesTest::svg_keeps_what_no_font_has() {
  const std::string words = "a\xEE\x83\xBF";  // U+E0FF, for private use
  QVERIFY(write_figure(one_text(words, Align::center), {}, FigureFormat::svg, file("own.svg")));
  const std::string svg = *read_file(file("own.svg"));
  if (svg.find("<use") != std::string::npos) QSKIP("skipped: a font here has the character");
  QVERIFY(svg.find("font-family=") != std::string::npos);
  QVERIFY(svg.find(">" + words + "</text>") != std::string::npos);
}

void FigureFilesTest::other_scripts_come_from_other_fonts_data() {
  QTest::addColumn<QString>("first");
  QTest::addColumn<QString>("second");
  QTest::addRow("Chinese") << QStringLiteral("\u6A21") << QStringLiteral("\u578B");
  QTest::addRow("Chinese in a name")
      << QStringLiteral("Qwen-\u6A21 7B") << QStringLiteral("Qwen-\u578B 7B");
  QTest::addRow("Russian") << QStringLiteral("\u0436") << QStringLiteral("\u0444");
  QTest::addRow("Japanese") << QStringLiteral("\u3042") << QStringLiteral("\u306C");
}

// The sign for a missing glyph is the same for every character: two texts that differ in one would
// make the same picture.
void FigureFilesTest::other_scripts_come_from_other_fonts() {
  QFETCH(QString, first);
  QFETCH(QString, second);
  const QString list = QStandardPaths::findExecutable(QStringLiteral("fc-list"));
  if (list.isEmpty()) QSKIP("skipped: fc-list is not installed");
  for (const QString& text : {first, second})
    for (const QChar character : text) {
      if (character.unicode() < 0x80) continue;
      QProcess fonts;
      fonts.start(list, {QStringLiteral(":outline=true:charset=%1").arg(character.unicode(), 0, 16),
                         QStringLiteral("family")});
      QVERIFY(fonts.waitForFinished(30'000));
      if (fonts.readAllStandardOutput().trimmed().isEmpty())
        QSKIP("skipped: no installed font has the character");
    }
  std::map<QString, std::string> pictures, pages;
  for (const QString& text : {first, second}) {
    const Figure figure = one_text(text.toStdString(), Align::left);
    QVERIFY(write_figure(figure, {}, FigureFormat::png, file("script.png"), 300));
    pictures[text] = *read_file(file("script.png"));
    QVERIFY(write_figure(figure, {}, FigureFormat::svg, file("script.svg")));
    const std::string svg = *read_file(file("script.svg"));
    QVERIFY(svg.find("<text") == std::string::npos);
    pages[text] = svg.substr(svg.find("<desc>"));
    // The place that the layout left is the place that is taken.
    const QList<double> places = places_in(svg);
    QVERIFY(!places.isEmpty());
    QVERIFY(places.back() < text_width(text.toStdString(), 1000, {}));
    QVERIFY(write_figure(figure, {}, FigureFormat::pdf, file("script.pdf")));
    QVERIFY(read_file(file("script.pdf"))->find("/FontFile") != std::string::npos);
  }
  QVERIFY(pictures[first] != pictures[second]);
  static const QRegularExpression drawn(QStringLiteral(" d=\x22([^\x22]+)\x22"));
  QStringList outlines;
  for (const auto& [text, svg] : pages) {
    QString all;
    for (auto found = drawn.globalMatch(QString::fromStdString(svg)); found.hasNext();)
      all += found.next().captured(1);
    outlines << all;
  }
  QVERIFY(outlines[0] != outlines[1]);
}

void FigureFilesTest::other_programs_find_the_fonts_in_the_pdf() {
  const QString program = QStandardPaths::findExecutable(QStringLiteral("pdffonts"));
  if (program.isEmpty()) QSKIP("skipped: pdffonts is not installed");
  QVERIFY(write_figure(radar(), {}, FigureFormat::pdf, file("fonts.pdf")));
  QProcess listing;
  listing.start(program, {QString::fromStdString(file("fonts.pdf").string())});
  QVERIFY(listing.waitForFinished(30'000));
  const QStringList lines = QString::fromUtf8(listing.readAllStandardOutput())
                                .split(QLatin1Char('\n'), Qt::SkipEmptyParts);
  QVERIFY(lines.size() > 2);  // two lines of titles, then the fonts
  const auto embedded = lines[0].indexOf(QStringLiteral("emb"));
  QVERIFY(embedded > 0);
  for (const QString& font : lines.mid(2))
    QVERIFY2(font.mid(embedded, 3) == QStringLiteral("yes"), qPrintable(font));
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
