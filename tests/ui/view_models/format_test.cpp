#include "ui/view_models/format.h"

#include <QLocale>
#include <QtTest>

using namespace loom::ui;

class FormatTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
  void scores();
  void decimalComma();
  void durations();
  void times();
};

void FormatTest::scores() {
  QCOMPARE(format_score(61.27), QStringLiteral("61.3"));
  QCOMPARE(format_score(0.0), QStringLiteral("0.0"));
  QCOMPARE(format_score(std::nullopt), QStringLiteral("–"));
  QCOMPARE(format_interval(52.06, 69.84), QStringLiteral("[52.1, 69.8]"));
  QCOMPARE(format_interval(52.06, std::nullopt), QString());
  QCOMPARE(format_difference(3.44), QStringLiteral("+3.4"));
  QCOMPARE(format_difference(-3.44), QStringLiteral("−3.4"));
  QCOMPARE(format_difference(0.0), QStringLiteral("0.0"));
  QCOMPARE(format_count(1234567), QStringLiteral("1,234,567"));
  QCOMPARE(language_names({"en", "ru", "xx"}), QStringLiteral("English, Russian, xx"));
}

void FormatTest::decimalComma() {
  QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
  QCOMPARE(format_score(61.27), QStringLiteral("61,3"));
  QCOMPARE(format_interval(52.06, 69.84), QStringLiteral("[52,1; 69,8]"));
}

void FormatTest::durations() {
  QCOMPARE(format_duration(9.44), QStringLiteral("9.4 s"));
  QCOMPARE(format_duration(12.4), QStringLiteral("12 s"));
  QCOMPARE(format_duration(59.7), QStringLiteral("0:01:00"));
  QCOMPARE(format_duration(185), QStringLiteral("0:03:05"));
  QCOMPARE(format_duration(3723), QStringLiteral("1:02:03"));
  QCOMPARE(format_duration(-1), QStringLiteral("–"));
}

void FormatTest::times() {
  QCOMPARE(format_time("no time"), QStringLiteral("no time"));
  const QDateTime utc(QDate(2025, 3, 4), QTime(5, 6, 7), Qt::UTC);
  const QString local = QLocale().toString(utc.toLocalTime(), QLocale::ShortFormat);
  QCOMPARE(format_time("2025-03-04T05:06:07Z"), local);
  QCOMPARE(format_time("2025-03-04T05:06:07"), local);
}

QTEST_APPLESS_MAIN(FormatTest)
#include "format_test.moc"
