// A kept rate comes back to the last bit, and only from a file that has all of it.
#include "core/execution/rate_cache.h"

#include <QTemporaryDir>
#include <QTest>

#include "core/base/text_file.h"

using namespace loom;

class RateCacheTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  std::filesystem::path file() const {
    return folder_.filePath(QStringLiteral("rates/a.json")).toStdString();
  }

 private Q_SLOTS:
  void what_is_written_comes_back() {
    double first = 0.1 + 0.2, second = 1e-300;
    std::string words = "sha256:\xC3\xA9";
    QVERIFY(write_rate(file(), {{{"first", &first}, {"second", &second}}, {{"words", &words}}}));
    double read_first = 0, read_second = 0;
    std::string read_words;
    QVERIFY(read_rate(
        file(), {{{"first", &read_first}, {"second", &read_second}}, {{"words", &read_words}}}));
    QVERIFY(read_first == first && read_second == second);
    QCOMPARE(read_words, words);
  }

  void other_files_are_no_rate_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("a field is missing") << QByteArray("{\"first\": 1}");
    QTest::newRow("a number is null") << QByteArray("{\"first\": null, \"words\": \"\"}");
    QTest::newRow("a number is a text") << QByteArray("{\"first\": \"1\", \"words\": \"\"}");
    QTest::newRow("a text is a number") << QByteArray("{\"first\": 1, \"words\": 2}");
    QTest::newRow("a list") << QByteArray("[1, 2]");
    QTest::newRow("half a file") << QByteArray("{\"first\": 1, \"wor");
  }
  void other_files_are_no_rate() {
    QFETCH(QByteArray, text);
    QVERIFY(write_file(file(), text.toStdString()));
    double first = 0;
    std::string words;
    QVERIFY(!read_rate(file(), {{{"first", &first}}, {{"words", &words}}}));
  }

  void no_file_is_no_rate() {
    double first = 0;
    QVERIFY(!read_rate("/nowhere/a.json", {{{"first", &first}}, {}}));
  }
};

QTEST_APPLESS_MAIN(RateCacheTest)
#include "rate_cache_test.moc"
