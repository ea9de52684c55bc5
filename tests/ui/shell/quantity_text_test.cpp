#include "ui/shell/quantity_text.h"

#include <QLocale>
#include <QtTest>

using namespace loom::ui;

class QuantityTextTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

  void units_change_where_the_rounded_number_does() {
    QCOMPARE(bytes_text(999), QStringLiteral("999 bytes"));
    QCOMPARE(bytes_text(1'000), QStringLiteral("1 kB"));
    QCOMPARE(bytes_text(98'400'000), QStringLiteral("98.4 MB"));
    QCOMPARE(bytes_text(999'499'999), QStringLiteral("999 MB"));
    QCOMPARE(bytes_text(999'500'000), QStringLiteral("1 GB"));
    QCOMPARE(bytes_text(14'230'000'000), QStringLiteral("14.2 GB"));
    QCOMPARE(large_count_text(134'515'008), QStringLiteral("135 M"));
    QCOMPARE(large_count_text(7'240'000'000), QStringLiteral("7.2 B"));
  }

  void time_never_says_nothing_is_left() {
    QCOMPARE(duration_text(0.2), QStringLiteral("1 s"));
    QCOMPARE(duration_text(59.4), QStringLiteral("59 s"));
    QCOMPARE(duration_text(59.6), QStringLiteral("1 min"));
    QCOMPARE(duration_text(3599), QStringLiteral("1 h"));
    QCOMPARE(duration_text(3900), QStringLiteral("1 h 5 min"));
  }

  void all_is_said_only_when_all_is_done() {
    QCOMPARE(percent_text(0.999), QStringLiteral("99 %"));
    QCOMPARE(percent_text(1.0), QStringLiteral("100 %"));
    QCOMPARE(percent_text(0.29), QStringLiteral("29 %"));
  }

  void windows_without_an_end_say_so() {
    QCOMPARE(window_text(8192, false), QStringLiteral("8,192 tokens"));
    QCOMPARE(window_text(0, true), QStringLiteral("no limit"));
    QCOMPARE(window_text(2048, true), QStringLiteral("no limit"));  // what it was trained on
    QCOMPARE(window_text(0, false), QStringLiteral("unknown"));
  }

  void numbers_follow_the_locale() {
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    QCOMPARE(bytes_text(14'230'000'000), QStringLiteral("14,2 GB"));
    QCOMPARE(bytes_text(14'000'000'000), QStringLiteral("14 GB"));
    QCOMPARE(count_text(1260), QStringLiteral("1.260"));
  }
};

QTEST_GUILESS_MAIN(QuantityTextTest)
#include "quantity_text_test.moc"
