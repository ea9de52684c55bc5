// What was typed and no run could use, numbers above all: refused by its name, with what to do,
// before anything is looked for or stored.
#include <QFile>
#include <QLibrary>
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

  // A shell's variable that was never set must not stand for the user's own history.
  void nothing_is_no_place_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("where");
    auto row = [](const char* arguments, const char* where) {
      QTest::newRow(arguments) << QString::fromLatin1(arguments).split(u' ')
                               << QString::fromLatin1(where);
    };
    row("ls --store=", "--store");
    row("ls --store ", "--store");
    row("export 1 --output-dir=", "--output_dir");
    row("run --data_folder= --models_folder=x", "--data_folder");
    row("score --predictions=", "--predictions");
    row("run ", "\"\"");
  }

  void nothing_is_no_place() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, where);
    const Ended ended = program_.run(arguments + QStringList{QStringLiteral("--json")});
    QCOMPARE(ended.code, 2);
    const auto error = ended.json()["error"];
    QCOMPARE(error["where"].get<std::string>(), where.toStdString());
    QVERIFY(!error["remedy"].get<std::string>().empty());
  }

  // What is named and is not there is as wrong for one verb as for another.
  void what_is_named_has_to_be_there_data() {
    QTest::addColumn<QString>("arguments");
    for (const char* line :
         {"run /no/such", "run --model_path /no/such --benchmark starter",
          "run --model_path x --cfg_path /no/such", "tokenize --model /no/such",
          "render --template /no/such", "render --template EMPTY --context /no/such",
          "logits --model EMPTY --output x.npy --ids /no/such",
          "generate --model EMPTY --prompt_file /no/such", "validate /no/such",
          "score --benchmark ruler --task vt --predictions /no/such", "models inspect /no/such",
          "export --import /no/such"})
      QTest::newRow(line) << QString::fromLatin1(line);
  }

  void what_is_named_has_to_be_there() {
    QFETCH(QString, arguments);
    arguments.replace(QStringLiteral("EMPTY"), program_.file("empty", ""));
    const Ended ended = program_.run(arguments.split(u' ') + QStringList{QStringLiteral("--json")});
    QVERIFY2(ended.code == 2, ended.err.constData());
    const auto json = ended.json();
    const auto error = json.contains("error") ? json["error"] : json["findings"][0];
    QCOMPARE(error["where"].get<std::string>(), std::string("/no/such"));
    QVERIFY(!error["remedy"].get<std::string>().empty());
  }

  // A mistyped history is refused by the verbs that read one, and none is made in its place.
  void a_history_that_is_not_there_stays_so_data() {
    QTest::addColumn<QString>("arguments");
    for (const char* line : {"ls", "show 1", "compare 1 2", "export 1", "resume", "resume 1",
                             "score 1", "judge 1 --judge_model /no/such"})
      QTest::newRow(line) << QString::fromLatin1(line);
  }

  void a_history_that_is_not_there_stays_so() {
    QFETCH(QString, arguments);
    const QString store = program_.path("mistyped.sqlite");
    const Ended ended =
        program_.run(arguments.split(u' ') +
                     QStringList{QStringLiteral("--store"), store, QStringLiteral("--json")});
    QVERIFY2(ended.code == 2, ended.err.constData());
    QCOMPARE(ended.json()["error"]["where"].get<std::string>(), store.toStdString());
    QVERIFY(!QFile::exists(store));
  }

  // Nor does asking what a run would cost.
  void an_estimate_makes_no_history() {
    const QString model = testing::default_model_text();
    if (model.isEmpty()) QSKIP("skipped: the default model is not here");
    const testing::Program fresh;
    const QStringList plan = {
        QStringLiteral("--model_path"),        model,
        QStringLiteral("--benchmark=starter"), QStringLiteral("--tasks=source_note"),
        QStringLiteral("--limit=1"),           QStringLiteral("--json")};
    const Ended estimated = fresh.run(QStringList{QStringLiteral("estimate")} + plan);
    QVERIFY2(estimated.code == 0, estimated.err.constData());
    const Ended dry = fresh.run(QStringList{QStringLiteral("run"), QStringLiteral("--dry")} + plan);
    QVERIFY2(dry.code == 0, dry.err.constData());
    QVERIFY(!QFile::exists(fresh.path("data/history.sqlite")));
    const QString broken = fresh.file("broken.sqlite", QByteArray(5000, 'x'));
    const Ended beside = fresh.run(
        QStringList{QStringLiteral("estimate"), QStringLiteral("--store"), broken} + plan);
    QVERIFY2(beside.code == 0 && beside.err.contains("broken.sqlite"), beside.err.constData());
    QVERIFY(beside.json()["samples"].get<int>() == 1);
  }

  // Also where the part of the program that found the mistake does not.
  void every_error_says_what_to_do() {
    const QString broken = program_.file("unended.jinja", "{% for m in messages %}");
    const Ended ended = program_.run(
        {QStringLiteral("render"), QStringLiteral("--template"), broken, QStringLiteral("--json")});
    QCOMPARE(ended.code, 2);
    const auto remedy = ended.json()["error"]["remedy"].get<std::string>();
    QVERIFY(!remedy.empty());
    QVERIFY2(ended.err.contains(remedy.c_str()), ended.err.constData());
  }

  // Before a run is stored: hours later there would be nothing but failed samples.
  void a_run_that_cannot_succeed_is_not_begun_data() {
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("where");
    const QString broken = program_.file("broken.jinja", "{% for m in messages %}{{ m.role }}");
    const QString taken = program_.file("taken", "a file");
    QTest::newRow("no template") << QStringList{QStringLiteral("--template=/no/such")}
                                 << QStringLiteral("chat_template");
    QTest::newRow("template") << QStringList{QStringLiteral("--template"), broken}
                              << QStringLiteral("chat_template");
    QTest::newRow("no folder") << QStringList{QStringLiteral("--output_dir"), taken}
                               << taken + QStringLiteral("/results.json");
    QTest::newRow("no driver") << QStringList{QStringLiteral("--device=cuda:0")}
                               << QStringLiteral("devices[0]");
  }

  void a_run_that_cannot_succeed_is_not_begun() {
    QFETCH(QStringList, options);
    QFETCH(QString, where);
    const QString model = testing::default_model_text();
    if (model.isEmpty()) QSKIP("skipped: the default model is not here");
    if (where == QStringLiteral("devices[0]") && QLibrary(QStringLiteral("cuda"), 1).load())
      QSKIP("skipped: this machine has an NVIDIA driver");
    const Ended ended = program_.run(
        QStringList{QStringLiteral("run"), QStringLiteral("--json"), QStringLiteral("--model_path"),
                    model, QStringLiteral("--benchmark=starter"),
                    QStringLiteral("--tasks=source_note"), QStringLiteral("--limit=1")} +
        options);
    QVERIFY2(ended.code == 2, ended.err.constData());
    const auto error = ended.json()["error"];
    QCOMPARE(error["where"].get<std::string>(), where.toStdString());
    QVERIFY(!error["remedy"].get<std::string>().empty());
    QVERIFY(program_.run({QStringLiteral("ls"), QStringLiteral("--json")}).json()["runs"].empty());
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
