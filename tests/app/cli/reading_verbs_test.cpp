// Verbs that need no run: what they print, how they fail, and that --json leaves exactly one object
// on standard output.
#include <QDir>
#include <QTest>

#include "tests/app/cli/program.h"

using namespace loom;
using testing::Ended;
using testing::missing_fields;

class ReadingVerbsTest : public QObject {
  Q_OBJECT

  testing::Program program_;
  QString model_ = testing::default_model_text();

 private Q_SLOTS:
  void help_names_every_option() {
    for (const char* verb :
         {"run", "resume", "score", "ls", "show", "compare", "export", "estimate", "validate",
          "models", "benchmarks", "tokenize", "render", "logits", "generate", "doctor"}) {
      Ended ended = program_.run({QString::fromLatin1(verb), QStringLiteral("--help")});
      QCOMPARE(ended.code, 0);
      QVERIFY2(ended.out.contains("--json"), verb);
      for (const QByteArray& line : ended.out.split('\n'))
        if (line.startsWith("  --")) {
          QByteArray help = line.mid(28).trimmed();
          QVERIFY2(!help.isEmpty(), (QByteArray(verb) + line).constData());
        }
    }
  }

  void wrong_usage_is_2_and_an_error_object_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("verb") << QStringList{QStringLiteral("rnu")};
    QTest::newRow("option") << QStringList{QStringLiteral("ls"), QStringLiteral("--frobnicate")};
    QTest::newRow("value") << QStringList{QStringLiteral("ls"), QStringLiteral("--limit")};
    QTest::newRow("number") << QStringList{QStringLiteral("ls"), QStringLiteral("--limit=many")};
    QTest::newRow("negative") << QStringList{QStringLiteral("ls"), QStringLiteral("--limit=-1")};
    QTest::newRow("switch") << QStringList{QStringLiteral("score"), QStringLiteral("--samples=1")};
    QTest::newRow("no plan") << QStringList{QStringLiteral("run")};
    QTest::newRow("run") << QStringList{QStringLiteral("show"), QStringLiteral("one")};
    QTest::newRow("format") << QStringList{QStringLiteral("score"), QStringLiteral("--task=x")};
    QTest::newRow("action") << QStringList{QStringLiteral("models"), QStringLiteral("paint")};
    QTest::newRow("model") << QStringList{QStringLiteral("tokenize")};
    for (const char* flag : {"--temperature=-1", "--temperature=nan", "--top_p=7", "--min_p=3",
                             "--top_k=-7", "--top_k=5000000000", "--seed=-3"})
      QTest::newRow(flag) << QStringList{QStringLiteral("run"), QStringLiteral("--starter"),
                                         QStringLiteral("--model_path=x"),
                                         QString::fromLatin1(flag)};
  }
  void wrong_usage_is_2_and_an_error_object() {
    QFETCH(QStringList, arguments);
    Ended ended = program_.run(arguments + QStringList{QStringLiteral("--json")});
    QCOMPARE(ended.code, 2);
    auto json = ended.json();
    QVERIFY2(!json.is_discarded(), ended.out.constData());
    QCOMPARE(missing_fields(json["error"], {"kind", "message", "where", "remedy"}), QByteArray());
    QVERIFY(!ended.err.isEmpty());
    // Nothing of it is stored.
    QVERIFY(program_.run({QStringLiteral("ls"), QStringLiteral("--json")}).json()["runs"].empty());
    Ended plain = program_.run(arguments);
    QCOMPARE(plain.code, 2);
    QVERIFY2(plain.out.isEmpty(), plain.out.constData());
  }

  void wrong_plans_are_2_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<std::string>("kind");
    const QString model = QStringLiteral("--model_path=x");
    QTest::newRow("benchmark") << QStringList{model, QStringLiteral("--benchmark=nothing")}
                               << std::string("not_found");
    QTest::newRow("server") << QStringList{model, QStringLiteral("--starter"),
                                           QStringLiteral("--server=nowhere")}
                            << std::string("not_found");
    QTest::newRow("acceleration") << QStringList{model, QStringLiteral("--starter"),
                                                 QStringLiteral("--acceleration=magic")}
                                  << std::string("not_found");
    QTest::newRow("rules") << QStringList{model, QStringLiteral("--starter"),
                                          QStringLiteral("--rules=mine")}
                           << std::string("unsupported");
    QTest::newRow("no plan file") << QStringList{QStringLiteral("/nowhere/plan.json")}
                                  << std::string("not_found");
    QTest::newRow("no model") << QStringList{QStringLiteral("--starter"),
                                             QStringLiteral("--model_path=/nowhere/m.gguf")}
                              << std::string("not_found");
  }
  void wrong_plans_are_2() {
    QFETCH(QStringList, arguments);
    QFETCH(std::string, kind);
    for (const char* verb : {"run", "estimate"}) {
      Ended ended = program_.run(QStringList{QString::fromLatin1(verb), QStringLiteral("--json")} +
                                 arguments);
      QCOMPARE(ended.code, 2);
      QVERIFY2(!ended.json().is_discarded(), ended.out.constData());
      QCOMPARE(ended.json()["error"]["kind"].get<std::string>(), kind);
    }
  }

  void broken_plan_files_are_2() {
    for (const char* text : {"{", "[]", "{\"models\": 3}", "\xff"}) {
      Ended ended = program_.run({QStringLiteral("run"), program_.file("broken.json", text)});
      QCOMPARE(ended.code, 2);
      QVERIFY2(ended.err.contains("broken.json"), ended.err.constData());
    }
  }

  void help_is_asked_in_two_ways() {
    const Ended asked = program_.run({QStringLiteral("help"), QStringLiteral("score")});
    QCOMPARE(asked.code, 0);
    QVERIFY(asked.out.contains("--predictions"));
    QCOMPARE(asked.out, program_.run({QStringLiteral("score"), QStringLiteral("--help")}).out);
  }

  void what_is_missing_is_1() {
    Ended ended =
        program_.run({QStringLiteral("show"), QStringLiteral("99"), QStringLiteral("--json")});
    QCOMPARE(ended.code, 1);
    QCOMPARE(ended.json()["error"]["kind"].get<std::string>(), std::string("not_found"));
    QCOMPARE(program_.run({QStringLiteral("resume")}).code, 1);
  }

  void lists_are_objects() {
    auto runs = program_.run({QStringLiteral("ls"), QStringLiteral("--json")}).json();
    QVERIFY(runs["runs"].is_array() && runs["runs"].empty());
    auto benchmarks =
        program_.run({QStringLiteral("benchmarks"), QStringLiteral("ls"), QStringLiteral("--json")})
            .json();
    QVERIFY(benchmarks["benchmarks"].size() >= 3);
    auto one =
        program_
            .run({QStringLiteral("benchmarks"), QStringLiteral("inspect"), QStringLiteral("ruler")})
            .json();
    QCOMPARE(one["tasks"].size(), size_t{13});
    auto models =
        program_.run({QStringLiteral("models"), QStringLiteral("ls"), QStringLiteral("--json")})
            .json();
    QVERIFY(models["models"].is_array());
  }

  // LOOMBENCH cell by cell, and whose files it would read with the data that is here.
  void a_suite_shows_its_cells() {
    const QString folder = program_.path("suite_data");
    const QStringList ask{QStringLiteral("benchmarks"),    QStringLiteral("show"),
                          QStringLiteral("loombench"),     QStringLiteral("--json"),
                          QStringLiteral("--data_folder"), folder};
    const auto niah = [&] {
      const auto suite = program_.run(ask).json();
      for (const auto& benchmark : suite.value("benchmarks", nlohmann::json::array()))
        if (benchmark["id"] == "niah") return benchmark;
      return nlohmann::json();
    };
    QCOMPARE(program_.run(ask).json()["benchmarks"].size(), size_t{12});
    const auto built = niah();
    QCOMPARE(built["files"].get<std::string>(), std::string("benchmark"));
    QCOMPARE(built["samples"].get<size_t>(), size_t{150});
    QCOMPARE(built["cells"].size(), size_t{40});
    QCOMPARE(built["cells"][0]["length"].get<size_t>(), size_t{1000});
    QCOMPARE(built["cells"][0]["samples"].get<size_t>(), size_t{4});
    QVERIFY(QDir().mkpath(folder + QStringLiteral("/loombench/NIAH")));
    program_.file("suite_data/loombench/NIAH/niah.jsonl", "{}");
    QCOMPARE(niah()["files"].get<std::string>(), std::string("suite"));
  }

  void benchmarks_sample_shows_the_prompt() {
    if (model_.isEmpty()) QSKIP("skipped: the default model is not here");
    Ended ended = program_.run({QStringLiteral("benchmarks"), QStringLiteral("sample"),
                                QStringLiteral("ruler"), QStringLiteral("--task=vt"),
                                QStringLiteral("--model"), model_, QStringLiteral("--n=2"),
                                QStringLiteral("--length=1024"), QStringLiteral("--json")});
    QVERIFY2(ended.code == 0, ended.err.constData());
    auto samples = ended.json()["samples"];
    QCOMPARE(samples.size(), size_t{2});
    QCOMPARE(missing_fields(samples[0], {"id", "tokens", "prompt", "references"}), QByteArray());
    QVERIFY(samples[0]["tokens"].get<size_t>() <= 1024);
  }
};

QTEST_GUILESS_MAIN(ReadingVerbsTest)
#include "reading_verbs_test.moc"
