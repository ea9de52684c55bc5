// A small evaluation through the real engine, and every verb that reads it.
#include <QFile>
#include <QTest>
#include <algorithm>

#include "tests/app/cli/program.h"

using namespace loom;
using testing::Ended;
using testing::missing_fields;

class RunVerbsTest : public QObject {
  Q_OBJECT

  testing::Program program_;
  QString model_ = testing::default_model_text();
  nlohmann::json first_;

  QStringList small_run() const {
    return {QStringLiteral("--model-path"), model_, QStringLiteral("--benchmark=starter"),
            QStringLiteral("--tasks=source_note"), QStringLiteral("--limit=3")};
  }

 private Q_SLOTS:
  void initTestCase() {
    if (model_.isEmpty()) QSKIP("skipped: the default model is not here");
    Ended ended =
        program_.run(QStringList{QStringLiteral("run")} + small_run() +
                     QStringList{QStringLiteral("--save-tag=first"), QStringLiteral("--json"),
                                 QStringLiteral("--output-dir"), program_.path("out")});
    QVERIFY2(ended.code == 0, ended.err.constData());
    first_ = ended.json();
    QVERIFY2(!first_.is_discarded(), ended.out.constData());
    Ended second = program_.run(QStringList{QStringLiteral("run")} + small_run() +
                                QStringList{QStringLiteral("--json")});
    QCOMPARE(second.code, 0);
    QCOMPARE(second.json()["run"].get<int>(), 2);
  }

  void run_prints_the_fixed_fields() {
    QCOMPARE(missing_fields(first_,
                            {"run", "plan_fingerprint", "jobs", "averages", "timings", "device"}),
             QByteArray());
    QCOMPARE(
        missing_fields(first_["jobs"][0],
                       {"benchmark", "task", "capability", "model", "server", "augmentation",
                        "length", "n", "score", "low", "high", "failed", "truncated", "unparsed",
                        "seconds", "tokens_prefilled", "tokens_reused", "tokens_generated"}),
        QByteArray());
    QCOMPARE(first_["jobs"][0]["n"].get<int>(), 3);
    const auto& device = first_["device"];
    QVERIFY(device["torch_version"].get<std::string>().starts_with("2."));
    QVERIFY(device["kernel_version"].get<std::string>().find(
                device["torch_version"].get<std::string>()) != std::string::npos);
    QVERIFY(device["memory_bytes"].get<uint64_t>() > 100'000'000);
    QVERIFY(!device["program_version"].get<std::string>().empty());
    for (const char* name : {"results.json", "samples.jsonl", "report.html", "radar.svg",
                             "radar.pdf", "radar.png", "latency.csv"})
      QVERIFY2(QFile::exists(program_.path("out") + u'/' + QLatin1String(name)), name);
  }

  void listed_and_shown() {
    auto runs = program_.run({QStringLiteral("ls"), QStringLiteral("--json")}).json()["runs"];
    QCOMPARE(runs.size(), size_t{2});
    QCOMPARE(
        program_
            .run({QStringLiteral("ls"), QStringLiteral("--tag=first"), QStringLiteral("--json")})
            .json()["runs"]
            .size(),
        size_t{1});
    QCOMPARE(
        program_.run({QStringLiteral("ls"), QStringLiteral("--limit=1"), QStringLiteral("--json")})
            .json()["runs"]
            .size(),
        size_t{1});
    const auto in_state = [this](const char* state) {
      return program_
          .run({QStringLiteral("ls"), QStringLiteral("--state"), QString::fromLatin1(state),
                QStringLiteral("--json")})
          .json()["runs"]
          .size();
    };
    QCOMPARE(in_state("finished"), size_t{2});
    QCOMPARE(in_state("waiting") + in_state("failed") + in_state("paused"), size_t{0});
    QCOMPARE(program_.run({QStringLiteral("ls"), QStringLiteral("--state=blue")}).code, 2);
    QVERIFY(program_.run({QStringLiteral("show"), QStringLiteral("1"), QStringLiteral("--json")})
                .json() == first_);
    Ended pretty = program_.run({QStringLiteral("show"), QStringLiteral("1"),
                                 QStringLiteral("--json"), QStringLiteral("--pretty")});
    QVERIFY(pretty.out.count('\n') > 10);
    QVERIFY(nlohmann::json::parse(pretty.out.toStdString()) == first_);
  }

  void the_same_plan_scores_the_same() {
    auto compared = program_
                        .run({QStringLiteral("compare"), QStringLiteral("1"), QStringLiteral("2"),
                              QStringLiteral("--json")})
                        .json();
    auto task = compared["comparisons"][0]["tasks"][0];
    QCOMPARE(missing_fields(task, {"task", "difference", "low", "high", "p", "n"}), QByteArray());
    QCOMPARE(task["n"].get<int>(), 3);
    QCOMPARE(task["difference"].get<double>(), 0.0);
  }

  // Two names for the same weights: two models, whose samples are not thrown together.
  void models_are_compared_apart() {
    const QString twin = program_.path("twin.gguf");
    QVERIFY(QFile::link(model_, twin));
    const QStringList run = {QStringLiteral("run"),
                             QStringLiteral("--model-path"),
                             model_,
                             twin,
                             QStringLiteral("--benchmark=starter"),
                             QStringLiteral("--tasks=source_note"),
                             QStringLiteral("--limit=3")};
    const Ended printed = program_.run(run);
    QVERIFY2(printed.code == 0 && printed.out.count("twin") == 1, printed.out.constData());
    const Ended ended = program_.run(run + QStringList{QStringLiteral("--json")});
    QVERIFY2(ended.code == 0, ended.err.constData());
    const QString number = QString::number(ended.json()["run"].get<int>());
    const QStringList compare = {QStringLiteral("compare"), number, number};
    const auto tasks = program_.run(compare + QStringList{QStringLiteral("--json")})
                           .json()["comparisons"][0]["tasks"];
    QCOMPARE(tasks.size(), size_t{2});
    for (const auto& task : tasks) {
      QCOMPARE(task["n"].get<int>(), 3);
      QVERIFY(task["model_a"] == task["model_b"]);
    }
    QVERIFY(program_.run(compare).out.contains("twin minus twin"));
  }

  void scored_again() {
    Ended ended =
        program_.run({QStringLiteral("score"), QStringLiteral("1"), QStringLiteral("--json")});
    QCOMPARE(ended.code, 0);
    QVERIFY(ended.json()["jobs"] == first_["jobs"]);
  }

  void other_rules_are_kept_apart() {
    // The package has no starter suite.
    Ended ended = program_.run({QStringLiteral("score"), QStringLiteral("1"),
                                QStringLiteral("--rules=loomscope-0.8"), QStringLiteral("--json")});
    QVERIFY(ended.code != 0 && ended.out.contains("loomscope-0.8"));
    ended = program_.run({QStringLiteral("show"), QStringLiteral("1"), QStringLiteral("--json"),
                          QStringLiteral("--mean=tasks")});
    QCOMPARE(ended.code, 0);
    QVERIFY(ended.json()["rule_set"] == "official" && ended.json()["mean_rule"] == "tasks");
    QVERIFY(ended.json()["jobs"] == first_["jobs"]);
    QCOMPARE(program_.run({QStringLiteral("show"), QStringLiteral("1"), QStringLiteral("--mean=x")})
                 .code,
             2);
    // Needles are counted by other words there, so that the two rule sets part.
    ended = program_.run({QStringLiteral("run"), QStringLiteral("--model-path"), model_,
                          QStringLiteral("--benchmark=niah"), QStringLiteral("--lengths=512"),
                          QStringLiteral("--limit=1"), QStringLiteral("--rules=loomscope-0.8"),
                          QStringLiteral("--json")});
    QVERIFY2(ended.code == 0, ended.err.constData());
    QVERIFY(ended.json()["rule_set"] == "loomscope-0.8" &&
            ended.json()["jobs"][0]["metric"] == "word_share" &&
            ended.json()["mean_rule"] == "samples");
    const QString run = QString::number(ended.json()["run"].get<int>());
    ended = program_.run({QStringLiteral("score"), run, QStringLiteral("--rules=official"),
                          QStringLiteral("--json")});
    QVERIFY2(ended.code == 0, ended.err.constData());
    QVERIFY(ended.json()["metric"] == "word_recall" && ended.json()["n"] == 1);
    ended = program_.run(
        {QStringLiteral("compare"), QStringLiteral("1"), run, QStringLiteral("--json")});
    QVERIFY(ended.code != 0 && ended.out.contains("rules"));
  }

  // Program, weights and the short prompt fit into the limit, keys and values of the long one do
  // not: it fails by itself, with the numbers, and what was given up for it is told.
  void what_does_not_fit_into_memory_fails_alone() {
#ifdef __SANITIZE_ADDRESS__
    QSKIP("skipped: a sanitizer's memory counts as the program's");
#endif
    const QStringList run = {QStringLiteral("run"),          QStringLiteral("--model-path"),
                             model_,                         QStringLiteral("--benchmark=niah"),
                             QStringLiteral("--limit=1"),    QStringLiteral("--lengths=1024,4096"),
                             QStringLiteral("--memory_limit"), QStringLiteral("400M"),
                             QStringLiteral("--json")};
    const Ended ended = program_.run(run);
    QVERIFY2(ended.code == 3, ended.err.constData());
    const auto results = ended.json();
    QVERIFY(results["jobs"][0]["failed"] == 0 && results["jobs"][0]["n"] == 1);
    QVERIFY(results["jobs"][1]["failed"] == 1);
    bool told = false;
    for (const auto& event : results["events"])
      told |= event["kind"] == "notice" &&
              event["text"].get<std::string>().find("Out of memory") != std::string::npos;
    QVERIFY(told);
    const QString number = QString::number(results["run"].get<int>());
    QVERIFY(program_.run({QStringLiteral("show"), number}).out.contains("Notice: niah/"));
    QCOMPARE(program_
                 .run({QStringLiteral("export"), number, QStringLiteral("--format=jsonl"),
                       QStringLiteral("--output_dir"), program_.path("memory")})
                 .code,
             0);
    QFile lines(program_.path("memory") + QStringLiteral("/run-%1.jsonl").arg(number));
    QVERIFY(lines.open(QIODevice::ReadOnly));
    const QByteArray samples = lines.readAll();
    QVERIFY2(samples.contains("MiB, 400 MiB allowed"), samples.constData());
    QCOMPARE(program_.run({QStringLiteral("ls"), QStringLiteral("--memory_limit=much")}).code, 2);
  }

  void a_gate_that_is_not_met_says_so_data() {
    QTest::addColumn<double>("above");  // of the run's mean
    QTest::addColumn<int>("code");
    QTest::newRow("below the mean") << -0.5 << 0;
    QTest::newRow("above the mean") << 0.5 << 100;
    QTest::newRow("no score") << 1000.0 << 2;
  }
  void a_gate_that_is_not_met_says_so() {
    QFETCH(double, above);
    QFETCH(int, code);
    const double mean = first_["averages"]["benchmarks"].get<double>();
    // A mean at either end of the scale has only one side.
    const double wanted = above > 100 ? above : std::clamp(mean + above, 0.0, 100.0);
    if (code == 100 && wanted <= mean) QSKIP("the model answered everything right");
    Ended ended = program_.run({QStringLiteral("show"), QStringLiteral("1"),
                                QStringLiteral("--min-score=%1").arg(wanted)});
    QCOMPARE(ended.code, code);
    QCOMPARE(ended.err.contains("the mean of benchmarks is"), code == 100);
  }

  void failed_samples_are_3() {
    Ended ended =
        program_.run(QStringList{QStringLiteral("run")} + small_run() +
                     QStringList{QStringLiteral("--max-length=64"),
                                 QStringLiteral("--truncation=fail"), QStringLiteral("--json")});
    QCOMPARE(ended.code, 3);
    auto job = ended.json()["jobs"][0];
    QCOMPARE(job["failed"].get<int>(), 3);
    QVERIFY(job["score"].is_null());
    const auto failures = ended.json()["failures"];
    // Each prompt is too long by other numbers.
    QCOMPARE(failures.size(), size_t{3});
    QCOMPARE(failures[0]["samples"].get<int>(), 1);
    const QByteArray reason =
        QByteArray::fromStdString("1 sample failed: " + failures[0]["where"].get<std::string>());
    QVERIFY2(ended.err.contains(reason), ended.err.constData());
    const Ended shown =
        program_.run({QStringLiteral("show"), QString::number(ended.json()["run"].get<int>())});
    QVERIFY2(shown.out.contains(reason), shown.out.constData());
  }

  void mistyped_models_leave_no_run() {
    const auto stored = [this] {
      return program_.run({QStringLiteral("ls"), QStringLiteral("--json")}).json()["runs"].size();
    };
    const size_t before = stored();
    const QString encoder = QString::fromStdString(
        (testing::source_folder() / "tests" / "golden" / "encoders" / "bert").string());
    for (const QString& path : {QStringLiteral("/nowhere/model.gguf"), encoder}) {
      Ended ended = program_.run({QStringLiteral("run"), QStringLiteral("--starter"),
                                  QStringLiteral("--model-path"), path, QStringLiteral("--json")});
      QCOMPARE(ended.code, 2);
      QVERIFY2(ended.err.contains(path.toUtf8()), ended.err.constData());
    }
    QCOMPARE(stored(), before);
  }

  void estimate_has_its_fields() {
    QStringList dry =
        QStringList{QStringLiteral("run"), QStringLiteral("--dry"), QStringLiteral("--json")} +
        small_run();
    for (const QStringList& arguments :
         {QStringList{QStringLiteral("estimate"), QStringLiteral("--json"),
                      QStringLiteral("--output_dir"), program_.path("estimated")} +
              small_run(),
          dry}) {
      Ended ended = program_.run(arguments);
      QVERIFY2(ended.code == 0, ended.err.constData());
      QCOMPARE(missing_fields(ended.json(), {"samples", "tokens", "shared_share", "seconds",
                                             "memory", "fits", "per_job"}),
               QByteArray());
      QCOMPARE(ended.json()["samples"].get<int>(), 3);
    }
  }
};

QTEST_GUILESS_MAIN(RunVerbsTest)
#include "run_verbs_test.moc"
