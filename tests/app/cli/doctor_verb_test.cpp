// What doctor finds on this machine, and what it says to do.
#include <QFile>
#include <QTest>
#include <filesystem>
#include <set>

#include "tests/app/cli/program.h"

using namespace loom;
using testing::Ended;
using testing::missing_fields;

class DoctorVerbTest : public QObject {
  Q_OBJECT

  testing::Program program_;
  QString model_ = testing::default_model_text();

 private Q_SLOTS:
  void doctor_says_what_is_here() {
    Ended ended = program_.run({QStringLiteral("doctor"), QStringLiteral("--json")});
    QCOMPARE(ended.code, 0);
    QCOMPARE(missing_fields(ended.json(), {"version", "cpu", "memory", "gpu", "engine", "network",
                                           "folders", "advice", "problems"}),
             QByteArray());
  }

  // Nothing is here to answer, and the engine is not where it is named: each with what to do.
  void doctor_says_what_to_do() {
    testing::Program program;
    qputenv("HF_HUB_CACHE", program.path("hub").toUtf8());
    const QByteArray before = qgetenv("LOOMSCOPE_ENGINE");
    auto problems = [&] {
      const auto report = program.run({QStringLiteral("doctor"), QStringLiteral("--json")}).json();
      std::set<std::string> checks;
      for (const auto& one : report["problems"]) {
        if (one["remedy"].get<std::string>().empty() || one["message"].get<std::string>().empty())
          return std::set<std::string>();
        checks.insert(one["check"].get<std::string>());
      }
      return report["advice"].size() == checks.size() ? checks : std::set<std::string>();
    };
    QVERIFY(problems().contains("model"));
    qputenv("LOOMSCOPE_ENGINE", program.path("nothing").toUtf8());
    QVERIFY(problems().contains("engine"));
    qputenv("LOOMSCOPE_ENGINE", program.file("broken", "no program").toUtf8());
    QVERIFY(problems().contains("libtorch"));
    if (before.isNull())
      qunsetenv("LOOMSCOPE_ENGINE");
    else
      qputenv("LOOMSCOPE_ENGINE", before);
    qunsetenv("HF_HUB_CACHE");
  }

  // A folder that cannot be made, and a history that is none: before hours of work depend on them.
  void doctor_looks_at_the_places() {
    auto problem = [](const testing::Program& program, const QStringList& options,
                      const char* check) -> std::string {
      const auto report =
          program.run(QStringList{QStringLiteral("doctor"), QStringLiteral("--json")} + options)
              .json();
      for (const auto& one : report["problems"])
        if (one["check"] == check) return one["message"].get<std::string>();
      return "";
    };
    QCOMPARE(problem(program_, {}, "folders"), std::string());
    QCOMPARE(problem(program_, {}, "history"), std::string());
    const QString file = program_.file("a-file", QByteArray(5000, 'x'));
    const QStringList inside{QStringLiteral("--store"), file + QStringLiteral("/h.sqlite")};
    QVERIFY(problem(program_, inside, "folders").find("a-file/h.sqlite") != std::string::npos);
    const QStringList broken{QStringLiteral("--store"), file};
    QVERIFY(problem(program_, broken, "history").find("a-file") != std::string::npos);
    QVERIFY(QFile(file).size() == 5000);
  }

  void doctor_names_the_gpu() {
    const QByteArray before = qgetenv("LD_LIBRARY_PATH");
    qputenv("LD_LIBRARY_PATH", FAKE_DRIVER ":" + before);
    const auto gpu =
        program_.run({QStringLiteral("doctor"), QStringLiteral("--json")}).json()["gpu"];
    qputenv("LD_LIBRARY_PATH", before);
    QVERIFY(gpu["version"] == "555.44.33");
    QCOMPARE(gpu["devices"].size(), size_t{1});
    QVERIFY(gpu["devices"][0]["name"] == "NVIDIA H200");
    QVERIFY(gpu["devices"][0]["memory"] == 150'000'000'000);
    QVERIFY(gpu["devices"][0]["memory_free"] == 149'000'000'000);
  }

  // With an encoder alone there is nothing to load; libtorch is told all the same. Then the model
  // that answers is loaded, although the encoder is smaller.
  void doctor_loads_a_model_that_answers() {
    testing::Program program;
    qputenv("HF_HUB_CACHE", program.path("hub").toUtf8());  // nothing of this machine's own
    const std::filesystem::path models = program.path("data/models").toStdString();
    std::filesystem::create_directories(models);
    std::filesystem::create_symlink(
        testing::source_folder() / "tests" / "golden" / "encoders" / "bert", models / "a-bert");
    auto engine =
        program.run({QStringLiteral("doctor"), QStringLiteral("--json")}).json()["engine"];
    QVERIFY2(engine["starts"].is_null(), engine.dump().c_str());
    QVERIFY2(
        engine["libtorch"].is_string() && engine["libtorch"].get<std::string>().starts_with("2."),
        engine.dump().c_str());
    if (model_.isEmpty()) QSKIP("skipped: the default model is not here");
    std::filesystem::create_symlink(model_.toStdString(), models / "small.gguf");
    engine = program.run({QStringLiteral("doctor"), QStringLiteral("--json")}).json()["engine"];
    QVERIFY2(engine["starts"] == true && engine["model"] == "small", engine.dump().c_str());
  }
};

QTEST_GUILESS_MAIN(DoctorVerbTest)
#include "doctor_verb_test.moc"
