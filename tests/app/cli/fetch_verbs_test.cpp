// benchmarks fetch and models add as a user types them, against a stand-in for the hub.
#include <signal.h>

#include <QTest>

#include "core/base/text_file.h"
#include "tests/app/cli/program.h"
#include "tests/support/hub_server.h"

using namespace loom;
using testing::Ended;
using testing::Fault;

class FetchVerbsTest : public QObject {
  Q_OBJECT

  testing::HubServer server_;
  testing::Program program_;

  Ended run(const char* arguments) const {
    return program_.run(QString::fromLatin1(arguments).split(u' '));
  }

 private Q_SLOTS:
  void initTestCase() {
    qputenv("HF_ENDPOINT", QByteArray::fromStdString(server_.url()));
    qputenv("HF_TOKEN", "hf_secret");
    const auto golden = testing::source_folder() / "tests/golden/architectures/qwen2";
    for (const char* name : {"config.json", "model.safetensors"})
      server_.add_file("models", "org/tiny", name, *read_file(golden / name),
                       std::string_view(name) == "model.safetensors");
    for (const char* name : {"front.jsonl", "end.jsonl"})
      server_.add_file("datasets", "org/unused", name, "{}\n", false);
  }
  void init() {
    qputenv("HF_HUB_CACHE", program_.path(QTest::currentTestFunction()).toLocal8Bit());
  }

  void adds_a_model() {
    Ended added = run("models add hf:org/tiny --json");
    QVERIFY2(added.code == 0, added.err.constData());
    QCOMPARE(added.json()["model"]["name"].get<std::string>(), std::string("org/tiny"));
    QVERIFY(added.err.contains("2/2 files"));
    Ended listed = run("models ls --json");
    QVERIFY(listed.out.contains("org/tiny"));
    const size_t asked = server_.requests().size();
    Ended again = run("models add hf:org/tiny --offline");
    QVERIFY2(again.code == 0, again.err.constData());
    QCOMPARE(server_.requests().size(), asked);
  }

  void fetches_a_benchmark() {
    const auto json =
        *read_json(testing::source_folder() / "models-registry/benchmarks/lveval.json");
    for (const auto& file : json["files"])
      server_.add_file("datasets", file["hub_id"], file["path"], "{}\n", true);
    Ended fetched = run("benchmarks fetch lveval --json");
    QVERIFY2(fetched.code == 0, fetched.err.constData());
    const auto one = fetched.json()["benchmarks"][0];
    QCOMPARE(one["id"].get<std::string>(), std::string("lveval"));
    QCOMPARE(one["absent"].get<int>(), 0);
    QVERIFY(one["ready"].get<bool>());
    for (const auto& file : one["files"]) QVERIFY(file["here"].get<bool>());
    QVERIFY(fetched.err.contains("files"));
  }

  void says_what_is_wrong_data() {
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing named") << "models add" << 2 << "a repository is needed";
    QTest::newRow("no repository") << "models add hf:../etc" << 2 << "";
    QTest::newRow("no benchmark") << "benchmarks fetch nonsense" << 2 << "no benchmark";
    QTest::newRow("no benchmark named") << "benchmarks fetch" << 2 << "a benchmark is needed";
    QTest::newRow("absent") << "models add hf:org/nothing" << 1 << "org/nothing";
    QTest::newRow("offline") << "models add hf:org/tiny --offline" << 1 << "offline";
    QTest::newRow("on no hub") << "benchmarks fetch longhealth" << 1 << "on no hub";
  }
  void says_what_is_wrong() {
    QFETCH(QString, arguments);
    QFETCH(int, code);
    QFETCH(QString, words);
    Ended ended = program_.run(arguments.split(u' ') << QStringLiteral("--json"));
    QCOMPARE(ended.code, code);
    QVERIFY2(ended.err.contains(words.toUtf8()), ended.err.constData());
    QVERIFY(testing::missing_fields(ended.json()["error"], {"kind", "message", "where", "remedy"})
                .isEmpty());
  }

  void names_the_page_whose_terms_are_to_be_accepted() {
    server_.add_fault({Fault::status, "org/tiny", 100, 0, 403, "X-Error-Code: GatedRepo\r\n"});
    Ended ended = run("models add hf:org/tiny");
    QCOMPARE(ended.code, 1);
    QVERIFY2(ended.err.contains(server_.url().c_str()) && ended.err.contains("org/tiny"),
             ended.err.constData());
    QVERIFY(!ended.err.contains("hf_secret"));
    server_.clear_faults();
  }

  void an_interrupt_keeps_what_came() {
    server_.add_file("models", "org/large", "m.gguf", std::string(8 << 20, 'x'), true);
    server_.add_fault({Fault::drip, "/lfs/", 1, 4 << 20});
    const size_t before = server_.count("/lfs/");
    QProcess process;
    program_.start(process, QStringLiteral("models add hf:org/large").split(u' '));
    QTRY_VERIFY_WITH_TIMEOUT(server_.count("/lfs/") > before, 10'000);
    QTest::qWait(500);
    QVERIFY(process.state() == QProcess::Running);
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    Ended ended = testing::Program::wait(process);
    QCOMPARE(ended.code, 130);
    QVERIFY2(ended.err.contains("models add hf:org/large"), ended.err.constData());
    Ended again = run("models add hf:org/large");
    QCOMPARE(again.code, 1);  // it is no model, and says so after it came
    QVERIFY2(again.err.contains("m.gguf") || again.err.contains("GGUF"), again.err.constData());
    const auto requests = server_.requests();
    QVERIFY(std::any_of(requests.begin(), requests.end(), [](const auto& request) {
      return !request.header("Range").empty() && request.header("Range") != "bytes=0-";
    }));
  }
};

QTEST_GUILESS_MAIN(FetchVerbsTest)
#include "fetch_verbs_test.moc"
