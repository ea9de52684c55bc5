#include "core/report/pgfplots.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include "core/base/text_file.h"
#include "core/report/latex_text.h"
#include "tests/core/report/example_summaries.h"

using namespace loom;
using namespace loom::test;

class PgfplotsTest : public QObject {
  Q_OBJECT

  static bool has(const std::string& source, const std::string& part) {
    return source.find(part) != std::string::npos;
  }
  static size_t count(const std::string& source, const std::string& part) {
    size_t n = 0;
    for (size_t at = source.find(part); at != std::string::npos; at = source.find(part, at + 1))
      ++n;
    return n;
  }
  static RadarModel radar(size_t axes) {
    const std::vector<std::string> all = {"general", "reasoning", "retrieval"};
    return radar_model({run_with({"A & B", "C_1"}, {all.begin(), all.begin() + long(axes)})},
                       RadarAxes::capabilities);
  }
  static HeatMapModel heat_map() { return heat_map_models(needle_run(), needle_points()).front(); }

 private Q_SLOTS:
  void text_is_escaped_data() {
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("latex");
    QTest::newRow("plain") << std::string("Llama 3.1") << std::string("Llama 3.1");
    QTest::newRow("special") << std::string("a_b & 5% #1 {x} $")
                             << std::string("a\\_b \\& 5\\% \\#1 \\{x\\} \\$");
    QTest::newRow("backslash") << std::string("\\input{/etc/passwd}")
                               << std::string("\\textbackslash{}input\\{/etc/passwd\\}");
    QTest::newRow("accents") << std::string("~^") << std::string("\\~{}\\^{}");
    QTest::newRow("controls") << std::string("a\0b\x1b[2J", 7) << std::string("a b [2J");
    QTest::newRow("broken UTF-8") << std::string("a\xffz") << std::string("a\uFFFDz");
    QTest::newRow("begins like an option") << std::string("[1cm] x") << std::string("{[}1cm] x");
    QTest::newRow("star") << std::string("*x") << std::string("{*}x");
    QTest::newRow("line break") << std::string("a\nb") << std::string("a b");
  }
  void text_is_escaped() {
    QFETCH(std::string, text);
    QTEST(latex_text(text), "latex");
  }

  void radar_goes_clockwise_from_the_top() {
    RadarModel model = radar(3);
    for (size_t axis = 0; axis < 3; ++axis)
      model.series[0].values[axis] = {10.0 * double(axis + 1), 5.0, 60.0, 4, 0, 0};
    const std::string source = pgfplots(model, 238.1, 214.3);
    QVERIFY(has(source, "\\usepgfplotslibrary{polar}"));
    QVERIFY(has(source, "width=214.3bp, height=214.3bp"));  // a circle
    QVERIFY(has(source, "xtick={90.0000,330.0000,210.0000}"));
    QVERIFY(has(source, "(90.00,10.00) (330.00,20.00) (210.00,30.00) (90.00,10.00) "));
    QVERIFY(has(source, "(90.00,5.00) (90.00,60.00) "));  // the interval
    QVERIFY(has(source, "\\addlegendentry{A \\& B}"));
    QVERIFY(has(source, "\\definecolor{loomscope1}{RGB}{0,114,178}"));
    model.series[0].values[1] = {};
    model.series[1].visible = false;
    const std::string broken = pgfplots(model, 238.1, 214.3);
    QVERIFY(has(broken, "{(210.00,30.00) (90.00,10.00) }"));
    QVERIFY(!has(broken, "C\\_1"));
  }

  void two_axes_are_bars() {
    const RadarModel model = radar(2);
    const std::string source = pgfplots(model, 200, 180);
    QVERIFY(has(source, "xbar") && !has(source, "polaraxis"));
    QVERIFY(has(source, "yticklabels={{General},{Reasoning}}"));
  }

  void curve_has_the_lengths_and_gaps() {
    LengthCurveModel model = length_curve_model({ruler_run()});
    QVERIFY(model.lengths.size() > 1);
    model.series[0].values[1] = {};
    const std::string source = pgfplots(model, 238.1, 170);
    QVERIFY(has(source, "(" + std::to_string(model.lengths[1]) + ".00,nan)"));
    QVERIFY(has(source, "unbounded coords=jump"));
    QVERIFY(has(source, "{" + length_text(model.lengths[0]) + "}"));
    QVERIFY(has(source, ",85.60)"));  // RULER's threshold
    QVERIFY(has(source, "effective length"));
  }

  void heat_map_hatches_what_is_missing() {
    HeatMapModel model = heat_map();
    const size_t cells = model.depths.size() * model.lengths.size();
    size_t missing = 0;
    for (const auto& row : model.cells)
      for (const ChartValue& cell : row) missing += !cell.value;
    QVERIFY(missing > 0 && missing < cells);
    const std::string source = pgfplots(model, 238.1, 170);
    QCOMPARE(count(source, "\\fill[pattern="), missing);
    QCOMPARE(count(source, "\\fill[fill="), cells - missing);
    QVERIFY(has(source, "\\usetikzlibrary{patterns}"));
  }

  void times_are_seconds() {
    const std::string source = pgfplots(latency_model({timed_run()}, false, 1), 238.1, 190);
    QVERIFY(has(source, "{(60.00,0.00) (30.00,1.00) }"));
    QVERIFY(has(source, "{(90.00,0.00) (45.00,1.00) }"));
    QVERIFY(has(source, "yticklabels={{ruler},{niah}}"));
  }

  void nothing_is_left_open() {
    for (const std::string& source :
         {pgfplots(radar(3), 200, 180), pgfplots(radar(2), 200, 180),
          pgfplots(length_curve_model({ruler_run()}), 200, 180), pgfplots(heat_map(), 200, 180),
          pgfplots(latency_model({timed_run()}, true, 1), 200, 180),
          pgfplots(LengthCurveModel{}, 200, 180), pgfplots(LatencyModel{}, 200, 180)}) {
      int depth = 0;
      for (size_t i = 0; i < source.size(); ++i) {
        if (i > 0 && source[i - 1] == '\\') continue;
        depth += source[i] == '{' ? 1 : source[i] == '}' ? -1 : 0;
        QVERIFY(depth >= 0);
      }
      QCOMPARE(depth, 0);
      QCOMPARE(count(source, "\\begin{"), count(source, "\\end{"));
    }
  }

  void latex_accepts_it() {
    const QString latex = QStandardPaths::findExecutable(QStringLiteral("pdflatex"));
    if (latex.isEmpty()) QSKIP("skipped: no LaTeX here");
    QTemporaryDir folder;
    std::string document =
        "\\documentclass{article}\\usepackage[utf8]{inputenc}\\usepackage{pgfplots}"
        "\\pgfplotsset{compat=1.16}\\usepgfplotslibrary{polar}\\usetikzlibrary{patterns}"
        "\\begin{document}\n";
    for (const std::string& source :
         {pgfplots(radar(3), 238, 214), pgfplots(radar(2), 238, 180),
          pgfplots(length_curve_model({ruler_run()}), 238, 170), pgfplots(heat_map(), 238, 170),
          pgfplots(latency_model({timed_run()}, true, 1), 238, 190)})
      document += source + "\n";
    document += "\\end{document}\n";
    QVERIFY(write_file(folder.filePath(QStringLiteral("all.tex")).toStdString(), document));
    QProcess process;
    process.setWorkingDirectory(folder.path());
    process.start(latex, {QStringLiteral("-interaction=nonstopmode"),
                          QStringLiteral("-halt-on-error"), QStringLiteral("all.tex")});
    QVERIFY(process.waitForFinished(120'000));
    const QByteArray said = process.readAllStandardOutput();
    if (said.contains("pgfplots.sty' not found")) QSKIP("skipped: LaTeX has no pgfplots here");
    QVERIFY2(process.exitCode() == 0, said.right(2000).constData());
  }
};

QTEST_GUILESS_MAIN(PgfplotsTest)
#include "pgfplots_test.moc"
