// Ctrl-C, SIGTERM and kill -9 at random moments: nothing finished is lost, and the resumed run ends
// in the scores and answers of an undisturbed one, byte for byte.
#include <signal.h>

#include <QTest>
#include <thread>

#include "core/base/random.h"
#include "core/base/text_file.h"
#include "tests/app/cli/program.h"

using namespace loom;
using testing::Ended;

namespace {

// What a disturbance may change: times, memory, and what was found in the engine's cache.
void remove_measured(nlohmann::json& json) {
  static const char* kMeasured[] = {"seconds",
                                    "timings",
                                    "tokens_prefilled",
                                    "tokens_reused",
                                    "peak_memory_bytes",
                                    "prefill_tokens_per_s",
                                    "decode_tokens_per_s"};
  if (json.is_object())
    for (const char* field : kMeasured) json.erase(field);
  if (json.is_structured())
    for (auto& item : json) remove_measured(item);
}

}  // namespace

class ResumeTest : public QObject {
  Q_OBJECT

  QString model_ = testing::default_model_text();
  std::string expected_;

  QStringList run_arguments() const {
    return {QStringLiteral("run"),
            QStringLiteral("--model_path"),
            model_,
            QStringLiteral("--benchmark=starter"),
            QStringLiteral("--tasks=source_note,supported_statement"),
            QStringLiteral("--limit=6"),
            QStringLiteral("--json")};
  }
  // Scores and samples of run 1, without what is measured.
  std::string scores(const testing::Program& program) const {
    auto shown =
        program.run({QStringLiteral("show"), QStringLiteral("1"), QStringLiteral("--json")}).json();
    if (shown.is_discarded() || shown.contains("error")) return "no run";
    std::string all;
    for (const char* part : {"jobs", "columns", "averages", "plan"}) {
      remove_measured(shown[part]);
      all += shown[part].dump() + "\n";
    }
    (void)program.run({QStringLiteral("export"), QStringLiteral("1"),
                       QStringLiteral("--format=jsonl"), QStringLiteral("--output_dir"),
                       program.path("x")});
    std::vector<std::string> lines;
    auto text = read_file(program.path("x/run-1.jsonl").toStdString());
    for (const QByteArray& line : QByteArray::fromStdString(text ? *text : "").split('\n')) {
      if (line.isEmpty()) continue;
      auto sample = nlohmann::json::parse(line.toStdString());
      remove_measured(sample);
      lines.push_back(sample.dump());
    }
    std::sort(lines.begin(), lines.end());
    for (const std::string& line : lines) all += line + "\n";
    return all;
  }
  int samples_done(const testing::Program& program) const {
    auto runs = program.run({QStringLiteral("ls"), QStringLiteral("--json")}).json()["runs"];
    return runs.is_array() && !runs.empty() ? runs[0]["samples_done"].get<int>() : 0;
  }

 private Q_SLOTS:
  void initTestCase() {
    if (model_.isEmpty()) QSKIP("skipped: the default model is not here");
    testing::Program program;
    Ended ended = program.run(run_arguments());
    QVERIFY2(ended.code == 0, ended.err.constData());
    expected_ = scores(program);
    QVERIFY(expected_.size() > 1000);
  }

  void a_signal_keeps_what_is_done_data() {
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
  }
  void a_signal_keeps_what_is_done() {
    QFETCH(int, signal);
    testing::Program program;
    QProcess process;
    const QString store = program.path("data/history.sqlite");
    const QString out = program.path("it's out");
    program.start(process, run_arguments() + QStringList{QStringLiteral("--store"), store,
                                                         QStringLiteral("--output_dir"), out,
                                                         QStringLiteral("--min_score=0")});
    QVERIFY(process.waitForStarted());
    while (samples_done(program) == 0 && process.state() == QProcess::Running) QTest::qWait(100);
    if (process.state() != QProcess::Running) QSKIP("skipped: the run was over too soon");
    ::kill(static_cast<pid_t>(process.processId()), signal);
    Ended ended = testing::Program::wait(process);
    QVERIFY2(ended.code == 128 + signal, ended.err.constData());
    const QString hint =
        QStringLiteral("loomscope-cli resume 1 --store '%1' --output_dir '%2' --min_score '0'")
            .arg(store, QString(out).replace(QStringLiteral("'"), QStringLiteral("'\\''")));
    QVERIFY2(ended.err.contains(hint.toUtf8()), ended.err.constData());
    QCOMPARE(ended.json()["state"].get<std::string>(), std::string("paused"));
    int kept = samples_done(program);
    QVERIFY(kept > 0);
    Ended resumed = program.run({QStringLiteral("resume"), QStringLiteral("--json")});
    QVERIFY2(resumed.code == 0, resumed.err.constData());
    QVERIFY(scores(program) == expected_);
    QCOMPARE(program.run({QStringLiteral("resume")}).code, 1);  // nothing is left
  }

  void kills_change_no_score() {
    testing::Program program;
    Random random(20261124);
    int kills = 0;
    for (bool finished = false; !finished;) {
      bool begun =
          !program.run({QStringLiteral("ls"), QStringLiteral("--json")}).json()["runs"].empty();
      QProcess process;
      program.start(process, begun ? QStringList{QStringLiteral("resume"), QStringLiteral("1"),
                                                 QStringLiteral("--json")}
                                   : run_arguments());
      QVERIFY(process.waitForStarted());
      if (kills < 12) {
        std::this_thread::sleep_for(
            std::chrono::milliseconds(20 + random.below(kills < 6 ? 1500 : 4000)));
        process.kill();
        ++kills;
      }
      finished = testing::Program::wait(process).code == 0;
    }
    QCOMPARE(program.run({QStringLiteral("ls"), QStringLiteral("--json")}).json()["runs"].size(),
             size_t{1});
    QVERIFY(scores(program) == expected_);
    qInfo("%d kills", kills);
  }
};

QTEST_GUILESS_MAIN(ResumeTest)
#include "resume_test.moc"
