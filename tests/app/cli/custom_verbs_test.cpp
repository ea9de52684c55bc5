// benchmarks add, remove and metrics as a user types them.
#include <QDir>
#include <QTest>

#include "tests/app/cli/program.h"

using namespace loom;
using testing::Ended;

class CustomVerbsTest : public QObject {
  Q_OBJECT

  std::unique_ptr<testing::Program> program_;

  Ended run(const QStringList& arguments) const { return program_->run(arguments); }
  QString data() const {
    return program_->file("Ships of 1900.jsonl",
                          "{\"q\": \"Which ship?\", \"a\": \"Vega\", \"c\": \"The Vega sailed.\"}\n"
                          "{\"q\": \"Which port?\", \"a\": \"Oslo\", \"c\": \"Oslo was near.\"}\n");
  }
  QString documents() const {
    QDir().mkpath(program_->path("notes"));
    QByteArray text;
    for (int i = 0; i < 80; ++i) text += "Day " + QByteArray::number(i) + " was a quiet day. ";
    program_->file("notes/a.md", text);
    return program_->path("notes");
  }

 private Q_SLOTS:
  void init() { program_ = std::make_unique<testing::Program>(); }

  void a_data_file_becomes_a_benchmark() {
    const Ended added = run(
        {QStringLiteral("benchmarks"), QStringLiteral("add"), data(), QStringLiteral("--question"),
         QStringLiteral("q"), QStringLiteral("--answer"), QStringLiteral("a"),
         QStringLiteral("--context"), QStringLiteral("c"), QStringLiteral("--template"),
         QStringLiteral("{context}\\nQ: {question}"), QStringLiteral("--metric"),
         QStringLiteral("squad_f1"), QStringLiteral("--title"), QStringLiteral("Old ships"),
         QStringLiteral("--capability"), QStringLiteral("retrieval"), QStringLiteral("--json")});
    QVERIFY2(added.code == 0, added.err.constData());
    const auto benchmark = added.json()["benchmark"];
    QCOMPARE(benchmark["id"].get<std::string>(), std::string("old_ships"));
    QCOMPARE(benchmark["prompt"].get<std::string>(), std::string("{context}\nQ: {question}"));
    QCOMPARE(benchmark["samples"].get<int>(), 2);
    const Ended listed =
        run({QStringLiteral("benchmarks"), QStringLiteral("ls"), QStringLiteral("--json")});
    QVERIFY(listed.json()["problems"].empty());
    QCOMPARE(listed.json()["benchmarks"].back()["id"].get<std::string>(), std::string("old_ships"));
    for (const char* action : {"show", "inspect"}) {
      const Ended shown = run({QStringLiteral("benchmarks"), QLatin1String(action),
                               QStringLiteral("old_ships"), QStringLiteral("--json")});
      QCOMPARE(shown.json()["tasks"][0]["official_samples"].get<int>(), 2);
      QCOMPARE(shown.json()["custom"]["metric"].get<std::string>(), std::string("squad_f1"));
    }
    // The same again takes another id, the same id by name is refused.
    const QStringList again = {
        QStringLiteral("benchmarks"), QStringLiteral("add"),     data(),
        QStringLiteral("--question"), QStringLiteral("q"),       QStringLiteral("--answer"),
        QStringLiteral("a"),          QStringLiteral("--title"), QStringLiteral("Old ships"),
        QStringLiteral("--json")};
    QCOMPARE(run(again).json()["benchmark"]["id"].get<std::string>(), std::string("old_ships_2"));
    const Ended refused = run(again + QStringList{QStringLiteral("--id"), QStringLiteral("ruler")});
    QCOMPARE(refused.json()["error"]["kind"].get<std::string>(), std::string("conflict"));
    const Ended removed =
        run({QStringLiteral("benchmarks"), QStringLiteral("remove"), QStringLiteral("old_ships")});
    QVERIFY2(removed.code == 0, removed.err.constData());
    QVERIFY(run({QStringLiteral("benchmarks"), QStringLiteral("show"), QStringLiteral("old_ships")})
                .code != 0);
    QVERIFY(run({QStringLiteral("benchmarks"), QStringLiteral("remove"), QStringLiteral("ruler")})
                .code != 0);
  }

  void a_shared_definition_is_taken_as_it_is() {
    data();
    const QString file = program_->file(
        "ships.json",
        "{\"format\": 1, \"id\": \"ships\", \"title\": \"Ships\", \"data\": \"Ships of "
        "1900.jsonl\", "
        "\"columns\": {\"question\": \"q\", \"answers\": \"a\"}, \"prompt\": \"{question}\", "
        "\"metric\": \"token_f1\", \"licence\": \"CC0\"}");
    QCOMPARE(run({QStringLiteral("validate"), file}).code, 0);
    const Ended added =
        run({QStringLiteral("benchmarks"), QStringLiteral("add"), file, QStringLiteral("--json")});
    QVERIFY2(added.code == 0, added.err.constData());
    QCOMPARE(added.json()["benchmark"]["licence"].get<std::string>(), std::string("CC0"));
    const QString broken = program_->file("broken.json", "{\"format\": 1, \"id\": ");
    const Ended refused = run(
        {QStringLiteral("benchmarks"), QStringLiteral("add"), broken, QStringLiteral("--json")});
    QVERIFY(refused.code != 0);
    QVERIFY(refused.out.contains("broken.json:1"));
  }

  void a_folder_becomes_needles() {
    const Ended added =
        run({QStringLiteral("benchmarks"), QStringLiteral("add"), documents(),
             QStringLiteral("--lengths"), QStringLiteral("1k,2k"), QStringLiteral("--depths"),
             QStringLiteral("0,100"), QStringLiteral("--tasks"), QStringLiteral("needle"),
             QStringLiteral("--json")});
    QVERIFY2(added.code == 0, added.err.constData());
    const auto benchmark = added.json()["benchmark"];
    QCOMPARE(benchmark["id"].get<std::string>(), std::string("notes"));
    QCOMPARE(benchmark["lengths"].dump(), std::string("[1024,2048]"));
    QCOMPARE(benchmark["tasks"].dump(), std::string("[\"needle\"]"));
    if (testing::default_model_text().isEmpty()) QSKIP("skipped: the default model is not here");
    const Ended ran =
        run({QStringLiteral("run"), QStringLiteral("--benchmark"), QStringLiteral("notes"),
             QStringLiteral("--model_path"), testing::default_model_text(),
             QStringLiteral("--lengths"), QStringLiteral("1k"), QStringLiteral("--json")});
    QVERIFY2(ran.code == 0, ran.err.constData());
    const auto job = ran.json()["jobs"][0];
    QCOMPARE(job["benchmark"].get<std::string>(), std::string("notes"));
    QCOMPARE(job["n"].get<int>(), 2);
    QVERIFY(job["score"].is_number());
  }

  void a_data_file_is_run_with_a_real_model() {
    if (testing::default_model_text().isEmpty()) QSKIP("skipped: the default model is not here");
    QVERIFY(run({QStringLiteral("benchmarks"), QStringLiteral("add"), data(),
                 QStringLiteral("--question"), QStringLiteral("q"), QStringLiteral("--answer"),
                 QStringLiteral("a"), QStringLiteral("--context"), QStringLiteral("c"),
                 QStringLiteral("--max_new_tokens"), QStringLiteral("8"), QStringLiteral("--id"),
                 QStringLiteral("ships")})
                .code == 0);
    const Ended ran = run({QStringLiteral("run"), QStringLiteral("--benchmark"),
                           QStringLiteral("ships"), QStringLiteral("--model_path"),
                           testing::default_model_text(), QStringLiteral("--json")});
    QVERIFY2(ran.code == 0, ran.err.constData());
    const auto job = ran.json()["jobs"][0];
    QCOMPARE(job["n"].get<int>(), 2);
    QCOMPARE(job["failed"].get<int>(), 0);
  }

  void mistakes_are_explained_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("said");
    auto row = [](const char* name, const char* arguments, const char* said) {
      QTest::newRow(name) << QString::fromLatin1(arguments).split(u' ') << QByteArray(said);
    };
    row("nothing", "benchmarks add", "benchmarks add");
    row("no such file", "benchmarks add /nowhere.jsonl --question q", "does not exist");
    row("no columns", "benchmarks add DATA", "--question");
    row("no answers", "benchmarks add DATA --question q", "columns.answers");
    row("wrong column", "benchmarks add DATA --question x --answer a", "Ships of 1900.jsonl:1");
    row("metric", "benchmarks add DATA --question q --answer a --metric wisdom", "wisdom");
    row("capability", "benchmarks add DATA --question q --answer a --capability x", "capability");
    row("parameters", "benchmarks add DATA --question q --answer a --metric_parameters [", "JSON");
    row("limit", "benchmarks add DATA --question q --answer a --max_new_tokens 0",
        "max_new_tokens");
    row("id", "benchmarks add DATA --question q --answer a --id A/B", "id");
    row("depth", "benchmarks add FOLDER --depths 101", "--depths");
    row("length", "benchmarks add FOLDER --lengths 10", "--lengths");
    row("task", "benchmarks add FOLDER --tasks hay", "tasks");
  }
  void mistakes_are_explained() {
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, said);
    arguments.replaceInStrings(QStringLiteral("DATA"), data());
    arguments.replaceInStrings(QStringLiteral("FOLDER"), documents());
    const Ended ended = run(arguments + QStringList{QStringLiteral("--json")});
    QVERIFY(ended.code != 0);
    QVERIFY2(ended.out.contains(said), ended.out.constData());
    const Ended listed =
        run({QStringLiteral("benchmarks"), QStringLiteral("ls"), QStringLiteral("--json")});
    const nlohmann::json known = listed.json()["benchmarks"];
    QVERIFY(known.size() > 20);
    for (const auto& benchmark : known) QVERIFY(benchmark["custom"].is_null());
  }

  void broken_files_in_the_folder_are_named() {
    QDir().mkpath(program_->path("data/benchmarks"));
    program_->file("data/benchmarks/broken.json", "{");
    const Ended listed =
        run({QStringLiteral("benchmarks"), QStringLiteral("ls"), QStringLiteral("--json")});
    QCOMPARE(listed.code, 0);
    const auto problem = listed.json()["problems"][0];
    QVERIFY(problem["where"].get<std::string>().find("broken.json") != std::string::npos);
    QCOMPARE(problem["kind"].get<std::string>(), std::string("corrupt"));
    QVERIFY(!problem["message"].get<std::string>().empty() && problem["remedy"].is_string());
    QVERIFY(listed.err.contains("broken.json"));
    const Ended ran =
        run({QStringLiteral("run"), QStringLiteral("--benchmark"), QStringLiteral("broken"),
             QStringLiteral("--model_path"), QStringLiteral("any"), QStringLiteral("--json")});
    QVERIFY(ran.code != 0);
    QVERIFY2(ran.out.contains("broken.json"), ran.out.constData());
  }

  void metrics_are_listed() {
    const Ended listed =
        run({QStringLiteral("benchmarks"), QStringLiteral("metrics"), QStringLiteral("--json")});
    QVERIFY(listed.json()["metrics"].dump().find("\"token_f1\"") != std::string::npos);
  }
};

QTEST_GUILESS_MAIN(CustomVerbsTest)
#include "custom_verbs_test.moc"
