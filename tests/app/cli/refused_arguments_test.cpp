// What was typed and no run could use, numbers above all: refused by its name, with what to do,
// before anything is looked for or stored.
#include <QTest>

#include "tests/app/cli/program.h"

using namespace loom;
using testing::Ended;

class RefusedArgumentsTest : public QObject {
  Q_OBJECT

  testing::Program program_;

 private Q_SLOTS:
  void numbers_out_of_range_are_refused_data() {
    QTest::addColumn<QString>("flag");
    QTest::addColumn<QString>("value");
    QTest::addColumn<std::string>("message");
    auto row = [](const char* flag, const char* value, const char* message) {
      QTest::addRow("%s %s", flag, value)
          << QString::fromLatin1(flag) << QString::fromLatin1(value) << std::string(message);
    };
    for (const char* flag : {"--temperature", "--top_p", "--min_p", "--repetition_penalty"})
      for (const char* value : {"nan", "inf", "-nan", "x", "1e999", ""})
        QTest::addRow("%s %s", flag, value)
            << QString::fromLatin1(flag) << QString::fromLatin1(value)
            << "\"" + std::string(value) + "\" is not a number";
    row("--temperature", "-0.1", "must be a number from 0 to 100");
    row("--temperature", "101", "must be a number from 0 to 100");
    row("--top_p", "0", "must be a number above 0, up to 1");
    row("--top_p", "-1", "must be a number above 0, up to 1");
    row("--top_p", "1.5", "must be a number above 0, up to 1");
    row("--min_p", "-0.5", "must be a number from 0 to 1");
    row("--repetition_penalty", "-2", "must be a number from 0 to 100");
    row("--top_k", "-1", "must be a whole number from 0 to 1000000");
    row("--top_k", "1.5", "\"1.5\" is not a whole number");
    row("--top_k", "99999999999999999999", "\"99999999999999999999\" is too large");
    row("--seed", "-1", "must not be negative");
    row("--seed", "99999999999999999999", "\"99999999999999999999\" is too large");
    row("--max_length", "-1", "must not be negative");
    row("--limit", "0", "must be at least 1");
    row("--limit", "-3", "must be at least 1");
  }

  void numbers_out_of_range_are_refused() {
    QFETCH(QString, flag);
    QFETCH(QString, value);
    QFETCH(std::string, message);
    const Ended ended = program_.run({QStringLiteral("run"), QStringLiteral("--model_path=x.gguf"),
                                      QStringLiteral("--benchmark=starter"), flag + u'=' + value,
                                      QStringLiteral("--json")});
    QCOMPARE(ended.code, 2);
    const auto error = ended.json()["error"];
    QCOMPARE(error["message"].get<std::string>(), message);
    QCOMPARE(error["where"].get<std::string>(), flag.toStdString());
    QVERIFY(!error["remedy"].get<std::string>().empty());
  }

  // A second plan would be left out without a word.
  void arguments_that_nobody_reads_are_refused_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("ls") << QStringList{QStringLiteral("ls"), QStringLiteral("extra")};
    QTest::newRow("run") << QStringList{QStringLiteral("run"), QStringLiteral("a.json"),
                                        QStringLiteral("extra")};
    QTest::newRow("show") << QStringList{QStringLiteral("show"), QStringLiteral("1"),
                                         QStringLiteral("extra")};
    QTest::newRow("score") << QStringList{QStringLiteral("score"), QStringLiteral("1"),
                                          QStringLiteral("extra")};
    for (const char* line :
         {"models ls", "models inspect m", "models remove m", "models add hf:a/b", "benchmarks ls",
          "benchmarks inspect ruler", "benchmarks sample ruler", "benchmarks remove mine",
          "benchmarks metrics"})
      QTest::newRow(line) << (QString::fromLatin1(line) + QStringLiteral(" extra")).split(u' ');
    QTest::newRow("doctor") << QStringList{QStringLiteral("doctor"), QStringLiteral("extra")};
  }

  void arguments_that_nobody_reads_are_refused() {
    QFETCH(QStringList, arguments);
    const Ended ended = program_.run(arguments + QStringList{QStringLiteral("--json")});
    QCOMPARE(ended.code, 2);
    QCOMPARE(ended.json()["error"]["where"].get<std::string>(), std::string("extra"));
  }

  // In words as in JSON: what is wrong, and what to do.
  void findings_say_what_to_do() {
    const QString plan = program_.file(
        "twice.json",
        R"({"models": [{"path": "x"}], "benchmarks": [{"id": "niah"}, {"id": "niah"}]})");
    const Ended ended = program_.run({QStringLiteral("validate"), plan});
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.out.contains("benchmarks[1]: ") && ended.out.contains("stands twice") &&
                 ended.out.contains("Leave it out of one of the two"),
             ended.out.constData());
  }

  void options_that_nothing_reads_are_refused() {
    auto refused = [this](const char* option, const char* other, const char* where) {
      const Ended ended =
          program_.run({QStringLiteral("export"), QStringLiteral("1"), QString::fromLatin1(option),
                        QString::fromLatin1(other), QStringLiteral("--json")});
      return ended.code == 2 && ended.json()["error"]["where"] == where;
    };
    QVERIFY(refused("--as=svg", "--format=csv", "--as"));
    QVERIFY(refused("--width=84", "--format=csv", "--width"));
    QVERIFY(refused("--chart=radar", "--format=csv", "--format"));
  }

  // Not a number is neither below 20 nor above 2000.
  void a_figure_has_a_width() {
    for (const char* width : {"nan", "inf", "5"}) {
      const Ended ended = program_.run(
          {QStringLiteral("export"), QStringLiteral("1"), QStringLiteral("--chart=radar"),
           QStringLiteral("--width=%1").arg(QLatin1String(width)), QStringLiteral("--json")});
      QCOMPARE(ended.code, 2);
      QCOMPARE(ended.json()["error"]["where"].get<std::string>(), std::string("--width"));
    }
  }
};

QTEST_GUILESS_MAIN(RefusedArgumentsTest)
#include "refused_arguments_test.moc"
