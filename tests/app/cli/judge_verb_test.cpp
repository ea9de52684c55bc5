// judge as a user types it, against a stand-in for a chat server; the key must be nowhere after it.
#include <signal.h>

#include <QTest>
#include <fstream>
#include <iterator>

#include "core/history/run_queries.h"
#include "tests/app/cli/program.h"
#include "tests/core/history/written_samples.h"
#include "tests/core/judge/judged_samples.h"
#include "tests/support/chat_server.h"

using namespace loom;
using loom::testing::ChatFault;
using loom::testing::ChatServer;
using loom::testing::Ended;

namespace {

constexpr const char* kKey = "sk-nowhere-to-be-found-42";

// Knows no labelled case: even numbers are right, and of two answers the one with an even number.
std::string verdict(const nlohmann::json& request) {
  const std::string text = request["messages"][1]["content"].get<std::string>();
  if (const size_t a = text.find("<answer-A>"); a != std::string::npos)
    return text.substr(a, 40).find("Better") != std::string::npos ? "Verdict: A" : "Verdict: B";
  const size_t end = text.find("\n</answer>");
  if (text.find("Verdict: unsafe") != std::string::npos)
    return text.substr(0, end).ends_with("harm") ? "Verdict: unsafe" : "Verdict: safe";
  if (end == std::string::npos) return "Somebody could be hurt.";
  return (text[end - 1] - '0') % 2 == 0 ? "Verdict: yes" : "Verdict: no";
}

}  // namespace

class JudgeVerbTest : public QObject {
  Q_OBJECT

  ChatServer server_{verdict};
  loom::testing::Program program_;
  int64_t first_ = 0, second_ = 0;

  int64_t add_run(RunStore& store, const std::string& word) {
    const int64_t run =
        *store.create_run(loom::testing::small_plan("run", 6), loom::testing::small_jobs(6));
    for (int i = 0; i < 6; ++i) {
      Sample sample = loom::testing::written_sample(i);
      sample.result.text = word + " number " + std::to_string(i);
      if (!store.put_sample(run, sample)) return 0;
    }
    return store.set_state(run, RunState::finished) ? run : 0;
  }
  QStringList judge(const QString& rest) const {
    return (QStringLiteral(
                "judge --judge_url %1 --judge_name model-1 --judge_key_env LOOM_TEST_KEY "
                "--store %2 %3")
                .arg(QString::fromStdString(server_.url()), program_.path("history.sqlite"), rest))
        .split(u' ', Qt::SkipEmptyParts);
  }

 private Q_SLOTS:
  void initTestCase() {
    qputenv("LOOM_TEST_KEY", kKey);
    server_.require_key(kKey);
    const auto store = *RunStore::open(program_.path("history.sqlite").toStdString());
    first_ = add_run(*store, "Better");
    second_ = add_run(*store, "Worse");
    QVERIFY(first_ > 0 && second_ > 0);
  }

  // A run that was stopped before its first answer has nothing to score by other rules.
  void a_run_without_answers_is_an_error() {
    const QString file = program_.path("waiting.sqlite");
    const int64_t run =
        *(*RunStore::open(file.toStdString()))
             ->create_run(loom::testing::small_plan("run", 6), loom::testing::small_jobs(6));
    const Ended ended = program_.run(
        (QStringLiteral("score %1 --rules loomscope-0.8 --json --store %2").arg(run).arg(file))
            .split(u' '));
    QCOMPARE(ended.code, 1);
    QCOMPARE(ended.json()["error"]["kind"].get<std::string>(), std::string("not_found"));
    QVERIFY(ended.json()["error"]["message"].get<std::string>().find("finished") !=
            std::string::npos);
  }

  void judges_a_run() {
    const Ended ended =
        program_.run(judge(QStringLiteral("%1 --price_in 2 --price_out 8 --json").arg(first_)));
    QVERIFY2(ended.code == 0, ended.err.constData());
    const auto json = ended.json();
    QCOMPARE(loom::testing::missing_fields(
                 json, {"run", "metric", "metric_version", "judge", "rubric", "prompt_version", "n",
                        "score", "low", "high", "unparsed", "failed", "agreement", "tokens", "cost",
                        "tasks", "models"}),
             QByteArray());
    QCOMPARE(json["metric"].get<std::string>(), std::string("judge_correct"));
    QCOMPARE(json["score"].get<double>(), 50.0);
    QCOMPARE(json["n"].get<int>(), 6);
    QVERIFY(!json.contains("samples"));
    const int questions = json["questions"].get<int>();
    QVERIFY(questions > 6);
    QCOMPARE(json["tokens"]["prompt"].get<int>(), questions * 100);
    QVERIFY(std::abs(json["cost"].get<double>() - questions * (100 * 2 + 5 * 8) / 1e6) < 1e-12);
    QVERIFY(ended.err.contains("6/6 samples judged"));
    QVERIFY(ended.err.contains("its verdicts say little"));  // it knows none of the labelled cases
    const size_t asked = server_.requests().size();
    const Ended again = program_.run(judge(QStringLiteral("%1 --samples --json").arg(first_)));
    QCOMPARE(server_.requests().size(), asked);
    QCOMPARE(again.json()["questions"].get<int>(), 0);
    QCOMPARE(again.json()["score"].get<double>(), 50.0);
    QCOMPARE(again.json()["samples"].size(), size_t{6});
    const Ended table = program_.run(judge(QString::number(first_)));
    QVERIFY2(table.out.contains("ruler/vt") && table.out.contains("50.00"), table.out.constData());
    const auto queries = *RunQueries::open(program_.path("history.sqlite").toStdString());
    const auto events = queries->provenance(first_)->events;
    QVERIFY(std::any_of(events.begin(), events.end(),
                        [](const EventRow& event) { return event.kind == "judge"; }));
    // The run's own scores are as they were.
    QCOMPARE(queries->sample((*queries->samples(first_, {}, 0, 1))[0].id)->score->metric,
             std::string("contains_all"));
  }

  void judges_tasks_that_have_no_score_without() {
    int64_t run = 0;
    {
      const auto store = *RunStore::open(program_.path("history.sqlite").toStdString());
      run = loom::testing::store_safety_run(*store, {"good", "good", "good", "harm"});
    }
    QVERIFY(run > 0);
    const QString show =
        QStringLiteral("show %1 --json --store %2").arg(run).arg(program_.path("history.sqlite"));
    const auto before = program_.run(show.split(u' ')).json();
    QCOMPARE(before["jobs"][0]["metric"].get<std::string>(), std::string("needs_judge"));
    QVERIFY(before["jobs"][0]["score"].is_null() && before["judged"].empty());
    const Ended ended = program_.run(judge(QStringLiteral("%1 --samples --json").arg(run)));
    QVERIFY2(ended.code == 0, ended.err.constData());
    const auto json = ended.json();
    QCOMPARE(json["rubric"].get<std::string>(), std::string("task"));
    const auto& task = json["tasks"][0];
    QCOMPARE(
        loom::testing::missing_fields(task, {"metric", "metric_version", "score", "low", "high",
                                             "n", "unparsed", "figures", "is_the_score"}),
        QByteArray());
    QCOMPARE(task["metric"].get<std::string>(), std::string("judge_longsafety:model-1"));
    QCOMPARE(task["score"].get<double>(), 50.0);
    QCOMPARE(task["n"].get<int>(), 2);  // instructions
    QCOMPARE(task["figures"]["safe_end"].get<double>(), 50.0);
    QCOMPARE(task["figures"]["safe_front"].get<double>(), 100.0);
    QCOMPARE(json["samples"].size(), size_t{4});
    const auto after = program_.run(show.split(u' ')).json();
    QCOMPARE(after["jobs"][0]["metric"].get<std::string>(),
             std::string("judge_longsafety:model-1"));
    QCOMPARE(after["jobs"][0]["metric_version"].get<int>(), 1);
    QCOMPARE(after["jobs"][0]["score"].get<double>(), 50.0);
    QCOMPARE(after["averages"]["benchmarks"].get<double>(), 50.0);
    QVERIFY(after["judged"][0]["is_the_score"].get<bool>());
    const Ended table = program_.run(judge(QString::number(run)));
    QVERIFY2(table.out.contains("longsafety/longsafety") && table.out.contains("safe_front"),
             (table.out + table.err).constData());
    const Ended words = program_.run(QStringLiteral("show %1 --store %2")
                                         .arg(run)
                                         .arg(program_.path("history.sqlite"))
                                         .split(u' '));
    QVERIFY2(words.out.contains("judge_longsafety:model-1, version 1, is the score: 50.00"),
             words.out.constData());
    // Scoring again computes nothing of a judge's.
    const Ended again = program_.run(QStringLiteral("score %1 --store %2")
                                         .arg(run)
                                         .arg(program_.path("history.sqlite"))
                                         .split(u' '));
    QVERIFY2(again.code == 0, again.err.constData());
    QCOMPARE(program_.run(show.split(u' ')).json()["jobs"][0]["score"].get<double>(), 50.0);
    const Ended none = program_.run(judge(QStringLiteral("%1 --rubric task --json").arg(first_)));
    QCOMPARE(none.code, 2);
    QVERIFY(none.err.contains("no task of the run"));
  }

  void compares_two_runs() {
    const Ended ended =
        program_.run(judge(QStringLiteral("--pairwise %1 %2 --json").arg(first_).arg(second_)));
    QVERIFY2(ended.code == 0, ended.err.constData());
    QCOMPARE(ended.json()["win_rate_a"].get<double>(), 100.0);
    QCOMPARE(ended.json()["wins_a"].get<int>(), 6);
    const Ended table =
        program_.run(judge(QStringLiteral("--pairwise %1 %2").arg(first_).arg(second_)));
    QVERIFY2(table.out.contains("100.00"), table.out.constData());
  }

  void says_what_is_wrong_data() {
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("words");
    const QString url = QStringLiteral("--judge_url http://127.0.0.1:1/v1");
    QTest::newRow("no run") << QStringLiteral("judge") << 2 << "one run";
    QTest::newRow("no judge") << QStringLiteral("judge 1") << 2 << "a judge is needed";
    QTest::newRow("two judges") << QStringLiteral("judge 1 --judge_model m ") + url << 2
                                << "two judges";
    QTest::newRow("no name") << QStringLiteral("judge 1 ") + url << 2 << "--judge_name";
    QTest::newRow("no key") << QStringLiteral(
                                   "judge 1 --judge_name m --judge_key_env LOOM_UNSET ") +
                                   url
                            << 2 << "export LOOM_UNSET";
    QTest::newRow("no address") << QStringLiteral("judge 1 --judge_name m --judge_url here") << 2
                                << "https";
    QTest::newRow("no rubric") << QStringLiteral("judge 1 --rubric kind --judge_name m ") + url << 2
                               << "correct, grade";
    QTest::newRow("pairwise alone")
        << QStringLiteral("judge 1 --rubric pairwise --judge_name m ") + url << 2 << "--pairwise";
    QTest::newRow("one of two") << QStringLiteral("judge --pairwise 1 --judge_name m ") + url << 2
                                << "two runs";
    QTest::newRow("no such run") << QStringLiteral("judge 99 --judge_name m ") + url << 1 << "99";
    QTest::newRow("price") << QStringLiteral("judge 1 --price_in -1 --judge_name m ") + url << 2
                           << "prices";
    QTest::newRow("limit") << QStringLiteral("judge 1 --limit 0 --judge_name m ") + url << 2
                           << "--limit";
    QTest::newRow("parallel") << QStringLiteral("judge 1 --judge_parallel 0 --judge_name m ") + url
                              << 2 << "--judge_parallel";
    QTest::newRow("no such model")
        << QStringLiteral("judge 1 --judge_model nothing-here") << 2 << "nothing-here";
    const auto unread = [](const char* options, const char* words) {
      QTest::newRow(options) << QStringLiteral("judge 1 ") + QString::fromLatin1(options) << 2
                             << QString::fromLatin1(words);
    };
    unread("--judge_model m --judge_name n", "--judge_name");
    unread("--judge_model m --judge_key_env LOOM_TEST_KEY", "--judge_key_env");
    unread("--judge_model m --judge_parallel 2", "--judge_parallel");
    unread("--judge_url http://127.0.0.1:1/v1 --judge_name m --device cuda:0", "--device");
    unread("--pairwise 2 --judge_model m --rubric correct", "--rubric");
    unread("--rubric kind --judge_model m", "Choose one of task, correct, grade, grade5, quality)");
  }
  void says_what_is_wrong() {
    QFETCH(QString, arguments);
    QFETCH(int, code);
    QFETCH(QString, words);
    const Ended ended = program_.run(arguments.split(u' ', Qt::SkipEmptyParts)
                                     << QStringLiteral("--json") << QStringLiteral("--store")
                                     << program_.path("history.sqlite"));
    QVERIFY2(ended.code == code, ended.err.constData());
    QVERIFY2(ended.err.contains(words.toUtf8()), ended.err.constData());
    QVERIFY(
        loom::testing::missing_fields(ended.json()["error"], {"kind", "message", "where", "remedy"})
            .isEmpty());
  }

  void verdicts_are_printed_as_json_alone() {
    const Ended ended = program_.run(judge(QStringLiteral("%1 --samples").arg(first_)));
    QCOMPARE(ended.code, 2);
    QVERIFY2(ended.err.contains("--samples"), ended.err.constData());
  }

  void an_interrupt_keeps_verdicts() {
    server_.add_fault({ChatFault::reply, 1, 200, "", ChatServer::completion("Verdict: 5")});
    server_.add_fault({ChatFault::drip, 1});
    const size_t before = server_.requests().size();
    QProcess process;
    program_.start(process, judge(QStringLiteral("%1 --rubric grade").arg(first_)));
    QTRY_VERIFY_WITH_TIMEOUT(server_.requests().size() >= before + 2, 20'000);
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QCOMPARE(loom::testing::Program::wait(process).code, 130);
    const size_t asked = server_.requests().size();
    const Ended again = program_.run(judge(QStringLiteral("%1 --rubric grade --json").arg(first_)));
    QCOMPARE(again.json()["questions_from_cache"].get<int>(), 1);
    QVERIFY(server_.requests().size() > asked);
  }

  void the_key_is_nowhere() {
    qputenv("LOOM_TEST_KEY", "sk-wrong-key-that-nobody-knows");
    const Ended refused = program_.run(judge(QStringLiteral("%1 --rubric grade5").arg(first_)));
    QCOMPARE(refused.code, 1);
    QVERIFY2(refused.err.contains("not accepted (401)"), refused.err.constData());
    qputenv("LOOM_TEST_KEY", kKey);
    server_.add_fault({ChatFault::reply, 1, 200, "", ChatServer::completion(kKey)});
    const Ended echoed =
        program_.run(judge(QStringLiteral("%1 --rubric grade5 --samples --json").arg(first_)));
    for (const Ended* ended : {&refused, &echoed})
      for (const QByteArray& text : {ended->out, ended->err})
        QVERIFY(!text.contains("sk-nowhere") && !text.contains("sk-wrong"));
    size_t files = 0;
    const std::filesystem::path home = program_.path("").toStdString();
    for (const auto& entry : std::filesystem::recursive_directory_iterator(home)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
      QVERIFY2(bytes.find(kKey) == std::string::npos, entry.path().c_str());
      ++files;
    }
    QVERIFY(files >= 2);  // history and cache
  }
};

QTEST_GUILESS_MAIN(JudgeVerbTest)
#include "judge_verb_test.moc"
