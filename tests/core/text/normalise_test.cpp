// Normal forms, case and marks where the tables of Unicode's versions differ. Expected texts are
// those of the reference package for tokenizers, 0.23.
#include "core/text/normalise.h"

#include <QElapsedTimer>
#include <QTest>

#include "core/text/character_class.h"

using namespace loom;

class NormaliseTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void later_characters_stay_as_they_are_data() {
    QTest::addColumn<int>("form");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const int nfc = 0, nfd = 1, nfkc = 2, nfkd = 3;
    QTest::newRow("compatible, of 12")
        << nfkd << QStringLiteral("a\U0001F16C") << QStringLiteral("a\U0001F16C");
    QTest::newRow("compatible, of 12.1")
        << nfkc << QStringLiteral("\u32FF") << QStringLiteral("\u32FF");
    QTest::newRow("composed, of 13")
        << nfd << QStringLiteral("\U00011938") << QStringLiteral("\U00011938");
    QTest::newRow("a later mark stays")
        << nfd << QStringLiteral("a\u0301\u1DF9\u0323") << QStringLiteral("a\u0301\u1DF9\u0323");
    QTest::newRow("and parts a letter from its mark")
        << nfc << QStringLiteral("a\u1DF9\u0301") << QStringLiteral("a\u1DF9\u0301");
    QTest::newRow("old marks move")
        << nfd << QStringLiteral("a\u0301\u0323") << QStringLiteral("a\u0323\u0301");
    QTest::newRow("old letters") << nfc << QStringLiteral("e\u0301 \u1100\u1161")
                                 << QStringLiteral("\u00E9 \uAC00");
    QTest::newRow("old compatibles")
        << nfkc << QStringLiteral("\uFB01\u2460") << QStringLiteral("fi1");
  }
  void later_characters_stay_as_they_are() {
    QFETCH(int, form);
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(normalise_as_unicode_9(text.toStdString(), static_cast<NormalForm>(form)),
             expected.toStdString());
  }

  void many_marks_take_no_square_of_time() {
    std::string marks = "a", sorted = "a", vowels = "a";
    for (int i = 0; i < 100'000; ++i) marks += "\u0301\u0327", vowels += "\u0F73";
    for (const char* mark : {"\u0327", "\u0301"})
      for (int i = 0; i < 100'000; ++i) sorted += mark;
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(normalise(marks, NormalForm::nfd), sorted);
    QCOMPARE(normalise_as_unicode_9(marks, NormalForm::nfd), sorted);
    QCOMPARE(normalise(vowels, NormalForm::nfd).size(), vowels.size() * 2 - 1);
    QVERIFY2(timer.elapsed() < 3000, std::to_string(timer.elapsed()).c_str());
    // The same with few marks, which ICU sorts.
    QCOMPARE(normalise("a\u0F73\u0323\u0F71\u0301", NormalForm::nfc),
             std::string("\u1EA1\u0F71\u0F71\u0F72\u0301"));
  }

  void forms_of_today_know_them() {
    QCOMPARE(normalise("\U0001F16C", NormalForm::nfkd), std::string("MR"));
    QCOMPARE(normalise("a\u0301\u1DF9\u0323", NormalForm::nfd), std::string("a\u1DF9\u0323\u0301"));
  }

  void new_capitals_have_small_letters() {
    QCOMPARE(lower_case_each("\u1C89\uA7CB\uA7DC\U00010D50\U00010D65\U00016EA0\U00016EB8"),
             std::string("\u1C8A\u0264\u019B\U00010D70\U00010D85\U00016EBB\U00016ED3"));
    QCOMPARE(lower_case_each("\u0130\u03A3\u1E9E A\u1C8B"),
             std::string("i\u0307\u03C3\u00DF a\u1C8B"));
  }

  void marks_are_those_of_unicode_9() {
    // As the reference's BERT pieces have it: a sign of its own, no accent.
    QVERIFY(is_punctuation(0x111C9u) && !is_nonspacing_mark(0x111C9u));
    QVERIFY(is_nonspacing_mark(0x1734u) && is_nonspacing_mark(0x300u));
    for (uint32_t later : {0x1885u, 0x1886u, 0xA9BDu}) QVERIFY(!is_nonspacing_mark(later));
    QVERIFY(is_punctuation(0x166Du) && !is_punctuation(0x166Cu));
    for (uint32_t mark : {0x301u, 0x93Cu, 0x1CF2u, 0x1E000u}) QVERIFY(is_mark_of_unicode_9(mark));
    for (uint32_t other : {0x41u, 0x1DF6u, 0x1DF9u, 0xD00u, 0x111C9u, 0x1E2ECu})
      QVERIFY(!is_mark_of_unicode_9(other));
  }
};

QTEST_APPLESS_MAIN(NormaliseTest)
#include "normalise_test.moc"
