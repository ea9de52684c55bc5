#include "ui/pages/compare/word_difference.h"

#include <QtTest>

using namespace loom::ui;

namespace {

QString differing(const QList<Word>& words) {
  QStringList list;
  for (const Word& word : words)
    if (word.differs) list << word.text.trimmed();
  return list.join(QLatin1Char(' '));
}

QString whole(const QList<Word>& words) {
  QString text;
  for (const Word& word : words) text += word.text;
  return text;
}

}  // namespace

class WordDifferenceTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void cases_data();
  void cases();
  void htmlIsEscaped();
  void hugeAnswersEnd();
};

void WordDifferenceTest::cases_data() {
  QTest::addColumn<QString>("a");
  QTest::addColumn<QString>("b");
  QTest::addColumn<QString>("only_a");
  QTest::addColumn<QString>("only_b");
  auto row = [](const char* name, const char* a, const char* b, const char* x, const char* y) {
    QTest::newRow(name) << QString::fromUtf8(a) << QString::fromUtf8(b) << QString::fromUtf8(x)
                        << QString::fromUtf8(y);
  };
  row("equal", "the number is 12", "the number is 12", "", "");
  row("one word", "the number is 12", "the number is 4 ", "12", "4");
  row("space alone", "the  number", "the number", "", "");
  row("inserted", "he has it", "he really has it now", "", "really now");
  row("all", "a b", "c d e", "a b", "c d e");
  row("empty", "", "x y", "", "x y");
  row("twice", "a b a c", "a c", "b a", "");
  row("scripts", "答案 是 七", "答案 是 八", "七", "八");
}

void WordDifferenceTest::cases() {
  QFETCH(QString, a);
  QFETCH(QString, b);
  const auto [words_a, words_b] = word_difference(a, b);
  QTEST(differing(words_a), "only_a");
  QTEST(differing(words_b), "only_b");
  QCOMPARE(whole(words_a), a);
  QCOMPARE(whole(words_b), b);
}

void WordDifferenceTest::htmlIsEscaped() {
  const auto [a, b] = word_difference(QStringLiteral("<script> x"), QStringLiteral("y x"));
  QVERIFY(marked_html(a).contains(QStringLiteral("<b><u>&lt;script&gt; </u></b>x")));
}

void WordDifferenceTest::hugeAnswersEnd() {
  QString a = QStringLiteral("same "), b = a;
  for (int i = 0; i < 20'000; ++i) {
    a += QString::number(i) + QLatin1Char(' ');
    b += QString::number(i * 3 + 1) + QLatin1Char(' ');
  }
  const auto [words_a, words_b] = word_difference(a, b);
  QVERIFY(!words_a.first().differs);
  QVERIFY(words_a.last().differs && words_b.last().differs);
}

QTEST_APPLESS_MAIN(WordDifferenceTest)
#include "word_difference_test.moc"
