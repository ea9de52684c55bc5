// models and benchmarks as a user types them: what is wrong is refused by its name before any work
// begins, and what is removed is said.
#include <QDir>
#include <QTest>

#include "core/base/text_file.h"
#include "tests/app/cli/program.h"

using namespace loom;
using testing::Ended;

class CatalogueVerbsTest : public QObject {
  Q_OBJECT

  testing::Program program_;

  Ended run(const QString& line) const {
    return program_.run(line.split(u' ', Qt::SkipEmptyParts) << QStringLiteral("--json"));
  }
  // A folder that is listed as a model, below the program's own.
  QString model_folder(const QString& name) const {
    const QString folder = program_.path("data/models/") + name;
    const auto golden = testing::source_folder() / "tests/golden/architectures/qwen2";
    if (!QDir().mkpath(folder)) return {};
    for (const char* file : {"config.json", "model.safetensors"}) {
      const auto text = read_file(golden / file);
      if (!text || !write_file((folder + u'/' + QLatin1String(file)).toStdString(), *text))
        return {};
    }
    return folder;
  }

 private Q_SLOTS:
  void help_names_the_actions() {
    const Ended models = program_.run({QStringLiteral("models"), QStringLiteral("--help")});
    for (const char* action : {"ls", "add", "inspect", "remove"})
      QVERIFY2(models.out.contains(action), action);
    const Ended benchmarks = program_.run({QStringLiteral("benchmarks"), QStringLiteral("--help")});
    QVERIFY(benchmarks.out.contains("ls|inspect|fetch|sample|add|remove|metrics"));
  }

  void what_makes_no_sense_is_2_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<std::string>("kind");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char* line, const char* kind, const char* words) {
      QTest::newRow(line) << QString::fromLatin1(line) << std::string(kind) << QByteArray(words);
    };
    row("models inspect", "invalid_input", "a model is needed");
    row("models inspect /nowhere", "not_found", "/nowhere");
    row("models remove", "invalid_input", "a model is needed");
    row("models remove nothing-here", "not_found", "nothing-here");
    row("benchmarks inspect", "invalid_input", "a benchmark is needed");
    row("benchmarks sample", "invalid_input", "a benchmark is needed");
    row("benchmarks paint", "invalid_input", "there is no action");
    row("benchmarks paint ruler", "invalid_input", "there is no action");
    row("benchmarks inspect nonsense", "not_found", "nonsense");
    row("benchmarks show nonsense", "not_found", "nonsense");
    row("benchmarks fetch nonsense", "not_found", "nonsense");
    row("benchmarks sample nonsense --model x", "not_found", "nonsense");
    row("benchmarks fetch loombench", "invalid_input", "l_citeeval");
    row("benchmarks sample loombench --model x", "invalid_input", "is a suite");
    row("benchmarks sample ruler", "invalid_input", "a model is needed");
    row("benchmarks sample ruler --model nothing-here", "not_found", "nothing-here");
    row("benchmarks sample ruler --model x --task nonsense", "not_found", "no task");
    row("benchmarks sample ruler --model x --n 0", "invalid_input", "--n");
    row("benchmarks sample ruler --model x --n -3", "invalid_input", "--n");
    row("benchmarks sample ruler --model x --length -5", "invalid_input", "--length");
    row("benchmarks sample ruler --model x --length 10", "invalid_input", "too short");
    row("benchmarks sample ruler --model x --length 99999999999", "invalid_input", "--length");
    row("models ls --length 4096", "invalid_input", "--length: is not read by ls");
    row("models inspect x --file q4", "invalid_input", "It is for: add");
    row("benchmarks ls --task vt", "invalid_input", "--task");
    row("benchmarks sample ruler --model x --question q", "invalid_input", "--question");
    row("benchmarks fetch ruler --n 3", "invalid_input", "--n: is not read by fetch");
    row("benchmarks sample longbench --model x --length 4096", "invalid_input", "no lengths");
  }
  void what_makes_no_sense_is_2() {
    QFETCH(QString, line);
    QFETCH(std::string, kind);
    QFETCH(QByteArray, words);
    const Ended ended = run(line);
    QVERIFY2(ended.code == 2, ended.err.constData());
    QVERIFY2(ended.err.contains(words), ended.err.constData());
    const auto error = ended.json()["error"];
    QCOMPARE(testing::missing_fields(error, {"kind", "message", "where", "remedy"}), QByteArray());
    QCOMPARE(error["kind"].get<std::string>(), kind);
  }

  void a_removed_model_is_said() {
    const QString folder = model_folder(QStringLiteral("tiny"));
    QVERIFY(!folder.isEmpty());
    const Ended removed = run(QStringLiteral("models remove tiny"));
    QVERIFY2(removed.code == 0, removed.err.constData());
    QCOMPARE(removed.json()["removed"].get<std::string>(), folder.toStdString());
    QVERIFY(!QDir(folder).exists());
    const Ended listed = run(QStringLiteral("models ls"));
    QVERIFY(!listed.out.contains(folder.toUtf8()));
  }

  // Files of a model that lie in the folder itself make the folder a model.
  void the_folder_of_all_models_stays() {
    const QString folder = model_folder(QString());
    QVERIFY(!folder.isEmpty());
    const Ended refused = run(QStringLiteral("models remove ") + folder);
    QVERIFY2(refused.code == 2, refused.out.constData());
    QVERIFY(QDir(folder).exists(QStringLiteral("model.safetensors")));
    QVERIFY(QDir(folder).removeRecursively());
  }

  void data_has_a_state() {
    const auto state = [this](const char* id) {
      const auto one = run(QStringLiteral("benchmarks inspect %1 --data_folder %2")
                               .arg(QLatin1String(id), program_.path("official")))
                           .json();
      return one.at("data").at("state").get<std::string>();
    };
    QCOMPARE(state("ruler"), std::string("generated"));
    QCOMPARE(state("longhealth"), std::string("missing"));
    QVERIFY(QDir().mkpath(program_.path("official/longhealth")));
    const auto described =
        *read_json(testing::source_folder() / "models-registry/benchmarks/longhealth.json");
    for (const auto& file : described["files"]) {
      const std::string path = "official/longhealth/" + file["path"].get<std::string>();
      program_.file(path.c_str(), "[]");
    }
    QCOMPARE(state("longhealth"), std::string("ready"));
    const Ended words = program_.run(
        {QStringLiteral("benchmarks"), QStringLiteral("--data_folder"), program_.path("official")});
    QVERIFY2(words.out.contains("ready"), words.out.constData());
    const auto listed = run(QStringLiteral("benchmarks ls")).json();
    for (const auto& one : listed["benchmarks"])
      QCOMPARE(testing::missing_fields(one["data"],
                                       {"state", "files", "absent", "absent_bytes", "folder"}),
               QByteArray());
  }

  // What the official runs ask for beside the usual.
  void a_task_says_how_it_is_asked() {
    const auto one = run(QStringLiteral("benchmarks inspect longbench")).json();
    for (const auto& task : one["tasks"]) {
      QCOMPARE(testing::missing_fields(task, {"chat_template", "truncation", "repetition_penalty",
                                              "stop", "end_texts", "min_new_tokens"}),
               QByteArray());
      if (task["id"] == "samsum") {
        QVERIFY(!task["chat_template"].get<bool>());
        QVERIFY(!task["stop"].empty() || !task["end_texts"].empty());
      }
    }
  }
};

QTEST_GUILESS_MAIN(CatalogueVerbsTest)
#include "catalogue_verbs_test.moc"
