#include "ui/pages/results/text_window.h"

#include <QPlainTextEdit>
#include <QScrollBar>
#include <QtTest>

#include "ui/pages/results/text_places.h"

using loom::ByteSpan;
using loom::ui::TextWindow;

namespace {

// About a million tokens: 5 MB, with a needle far inside.
std::string long_text(size_t& needle) {
  std::string text;
  for (int line = 0; text.size() < 5'000'000; ++line) {
    if (line == 40'000) {
      needle = text.size();
      text += "The needle ist hier. ";
    }
    text += "Zeile " + std::to_string(line) + " über das Meer und die Küste, ganz ruhig.\n";
  }
  return text;
}

}  // namespace

class TextWindowTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void shortTextIsWhole();
  void longTextIsShownInWindows();
  void marksAreReached();
  void scrollingMovesTheWindow();
  void oneEndlessLine();
  void foundPlacesAreCountedAndReached();
  void placesAreBytes_data();
  void placesAreBytes();
};

void TextWindowTest::shortTextIsWhole() {
  TextWindow window;
  window.set_text("one\ntwo\nthree", {{4, 7}, {5, 900}});
  QCOMPARE(window.shown(), QStringLiteral("one\ntwo\nthree"));
  QCOMPARE(window.lines(), size_t{3});
  QCOMPARE(window.marks().size(), size_t{1});  // the other lies outside
}

void TextWindowTest::longTextIsShownInWindows() {
  size_t needle = 0;
  TextWindow window;
  window.resize(600, 400);
  window.set_text(long_text(needle), {});
  QCOMPARE(window.window_begin(), size_t{0});
  QVERIFY(window.shown().size() <= 21'000);
  window.go_to(2'500'000);
  QVERIFY(window.window_begin() <= 2'500'000 && window.window_end() >= 2'500'000);
  QVERIFY(window.shown().size() <= 22'000);
  // No character is torn apart at the window's edges.
  QVERIFY(!window.shown().contains(QChar::ReplacementCharacter));
  QVERIFY(window.shown().startsWith(QStringLiteral("Zeile ")));
}

void TextWindowTest::marksAreReached() {
  size_t needle = 0;
  std::string text = long_text(needle);
  TextWindow window;
  window.resize(600, 400);
  window.set_text(std::move(text), {ByteSpan{needle, needle + 21}});
  QVERIFY(!window.shown().contains(QStringLiteral("needle")));
  window.go_to_mark(0);
  QVERIFY(window.shown().contains(QStringLiteral("The needle ist hier.")));
  auto* edit = window.findChild<QPlainTextEdit*>();
  QCOMPARE(edit->extraSelections().size(), 1);
  QCOMPARE(edit->extraSelections().first().cursor.selectedText(),
           QStringLiteral("The needle ist hier. "));
  QVERIFY(edit->viewport()->rect().intersects(edit->cursorRect()));
}

void TextWindowTest::scrollingMovesTheWindow() {
  size_t needle = 0;
  TextWindow window;
  window.resize(600, 400);
  window.show();
  window.set_text(long_text(needle), {});
  auto* bar = window.findChild<QPlainTextEdit*>()->verticalScrollBar();
  for (int i = 0; i < 3; ++i) bar->setValue(bar->maximum());
  QVERIFY(window.window_begin() > 0);
  const size_t before = window.window_begin();
  for (int i = 0; i < 3; ++i) bar->setValue(0);
  QVERIFY(window.window_begin() < before);
}

void TextWindowTest::oneEndlessLine() {
  std::string text;
  while (text.size() < 300'000) text += "海边的灯塔";
  TextWindow window;
  window.resize(600, 400);
  window.set_text(text, {});
  for (size_t at = 0; at < text.size(); at += 33'333) {
    window.go_to(at);
    QVERIFY(!window.shown().contains(QChar::ReplacementCharacter));
    QVERIFY(!window.shown().isEmpty());
  }
}

void TextWindowTest::foundPlacesAreCountedAndReached() {
  size_t needle = 0;
  TextWindow window;
  window.resize(600, 400);
  window.set_text(long_text(needle), {});
  QCOMPARE(window.find(QStringLiteral("NEEDLE IST")), size_t{1});
  QVERIFY(!window.shown().contains(QStringLiteral("needle ist")));
  window.go_to_place(0);
  QVERIFY(window.shown().contains(QStringLiteral("needle ist")));
  auto* edit = window.findChild<QPlainTextEdit*>();
  QCOMPARE(edit->extraSelections().size(), 1);
  QCOMPARE(edit->extraSelections().first().cursor.selectedText(), QStringLiteral("needle ist"));
  window.go_to(0);
  window.go_to_place(0);
  QVERIFY(window.window_begin() <= needle && window.window_end() > needle);
  QCOMPARE(window.find(QStringLiteral("not in there")), size_t{0});
  QVERIFY(edit->extraSelections().isEmpty());
  QCOMPARE(window.find(QString()), size_t{0});
}

void TextWindowTest::placesAreBytes_data() {
  QTest::addColumn<QByteArray>("text");
  QTest::addColumn<QString>("words");
  QTest::addColumn<QList<int>>("begins");
  QTest::addColumn<int>("bytes");  // of each place
  auto row = [](const char* name, const char* text, const char* words, QList<int> begins,
                int bytes) {
    QTest::addRow("%s", name) << QByteArray(text) << QString::fromUtf8(words) << begins << bytes;
  };
  row("Latin", "one two One", "one", {0, 8}, 3);
  row("not overlapping", "aaaa", "aa", {0, 2}, 2);
  row("Cyrillic, other case", "а Маяк и маяк", "МАЯК", {3, 15}, 8);
  row("Chinese", "海边的灯塔和灯塔", "灯塔", {9, 18}, 6);
  row("beyond the first plane", "\xF0\x9F\x98\x80x\xF0\x9F\x98\x80x", "x", {4, 9}, 1);
  row("no UTF-8", "\xFF\xFE word", "word", {3}, 4);
  row("nothing", "text", "", {}, 0);
}

void TextWindowTest::placesAreBytes() {
  QFETCH(QByteArray, text);
  QFETCH(QString, words);
  QFETCH(QList<int>, begins);
  QFETCH(int, bytes);
  const auto places = loom::ui::find_places(text.toStdString(), words);
  QCOMPARE(places.size(), size_t(begins.size()));
  for (size_t i = 0; i < places.size(); ++i) {
    QCOMPARE(places[i].begin, size_t(begins[qsizetype(i)]));
    QCOMPARE(places[i].end - places[i].begin, size_t(bytes));
  }
}

QTEST_MAIN(TextWindowTest)
#include "text_window_test.moc"
