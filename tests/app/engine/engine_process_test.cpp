// The real engine on a tiny model: killed and stopped at random moments it is started again, each
// request is finished exactly once, and the answers are those of an undisturbed engine, bit by bit.
#include <signal.h>

#include <QElapsedTimer>
#include <QProcess>
#include <QTest>
#include <map>
#include <thread>

#include "core/base/memory_limit.h"
#include "core/base/random.h"
#include "core/servers/engine_client.h"
#include "tests/support/patience.h"
#include "tests/support/test_folders.h"

using namespace loom;

namespace {

constexpr int kDisturbances = 60;
// A machine that runs other tests beside this one may keep an engine from its heartbeat for
// seconds.
constexpr EngineLimits kShort{std::chrono::milliseconds(20000), std::chrono::milliseconds(4000),
                              std::chrono::milliseconds(5000)};

std::string tiny_llama() {
  return (testing::source_folder() / "tests/golden/tiny_llama").string();
}

std::vector<GenerationRequest> requests(size_t count) {
  Random random(17);
  std::vector<TokenId> shared(150);
  for (TokenId& id : shared) id = static_cast<TokenId>(10 + random.below(80));
  std::vector<GenerationRequest> list(count);
  for (size_t i = 0; i < count; ++i) {
    list[i].id = i;
    list[i].ids = shared;
    list[i].context_end = shared.size();
    for (size_t k = 0; k < 5 + i % 7; ++k)
      list[i].ids.push_back(static_cast<TokenId>(10 + random.below(80)));
    list[i].max_new_tokens = 12;
    list[i].ignore_eos = true;
    if (i % 2 == 1) list[i].decoding = {0.8, 20, 0.95, 0, i};
  }
  return list;
}

struct Answers {
  std::map<uint64_t, Result<GenerationResult>> results;
  int doubled = 0;
  Status status;
};

Answers ask(EngineClient& client, const std::vector<GenerationRequest>& list) {
  Answers answers;
  GenerationObserver observer;
  observer.finished = [&](uint64_t id, Result<GenerationResult> result) {
    answers.doubled += !answers.results.emplace(id, std::move(result)).second;
  };
  answers.status = client.generate(list, observer, {});
  return answers;
}

bool is_alive(pid_t process) {
  return ::kill(process, 0) == 0;
}

bool ends_within(pid_t process, int milliseconds) {
  QElapsedTimer timer;
  timer.start();
  while (is_alive(process) && timer.elapsed() < milliseconds) QTest::qSleep(20);
  return !is_alive(process);
}

}  // namespace

class EngineProcessTest : public QObject {
  Q_OBJECT

  std::vector<GenerationRequest> list_ = requests(24);
  std::map<uint64_t, std::vector<TokenId>> expected_;
  int whole_ms_ = 0;

 private Q_SLOTS:
  void initTestCase() {
    EngineClient client(LOOM_ENGINE, "cpu");
    auto model = client.load({tiny_llama(), "cpu", 0}, {});
    QVERIFY2(model, model ? "" : describe(model.error()).c_str());
    QElapsedTimer timer;
    timer.start();
    Answers answers = ask(client, list_);
    whole_ms_ = static_cast<int>(timer.elapsed());
    QVERIFY2(answers.status, answers.status ? "" : describe(answers.status.error()).c_str());
    for (const auto& [id, result] : answers.results) expected_[id] = result->ids;
    QCOMPARE(expected_.size(), list_.size());
    QCOMPARE(expected_[0].size(), size_t{12});
  }

  void disturbed_engines_answer_the_same() {
    Random random(4);
    int kills = 0, stops = 0, hit = 0;
    EngineClient client(LOOM_ENGINE, "cpu", kShort);
    QVERIFY(client.load({tiny_llama(), "cpu", 0}, {}));
    while (kills + stops < kDisturbances) {
      bool stop = (kills + stops) % 15 == 14;
      // One that died behind its last answer is started again by the next request.
      if (client.process_id() <= 0) QVERIFY(ask(client, list_).status);
      pid_t process = client.process_id();
      QVERIFY(process > 0);
      uint64_t wait = random.below(static_cast<uint64_t>(whole_ms_) * 1000 + 2000);
      std::jthread disturber([=] {
        std::this_thread::sleep_for(std::chrono::microseconds(wait));
        ::kill(process, stop ? SIGSTOP : SIGKILL);
      });
      Answers answers = ask(client, list_);
      disturber.join();
      ++(stop ? stops : kills);
      hit += client.process_id() != process;
      QVERIFY2(answers.status, answers.status ? "" : describe(answers.status.error()).c_str());
      QCOMPARE(answers.doubled, 0);
      QCOMPARE(answers.results.size(), list_.size());
      for (const auto& [id, result] : answers.results) {
        QVERIFY2(result, result ? "" : describe(result.error()).c_str());
        QVERIFY(result->ids == expected_[id]);
      }
    }
    qInfo("%d kills, %d stops, %d while requests were answered", kills, stops, hit);
    QVERIFY(hit >= kDisturbances / 4);
  }

  void a_limit_of_memory_is_kept() {
    struct Limit {
      explicit Limit(const char* size) { qputenv(kMemoryLimitVariable, size); }
      ~Limit() { qunsetenv(kMemoryLimitVariable); }
    };
    {
      const Limit enough("2G");
      EngineClient client(LOOM_ENGINE, "cpu");
      QVERIFY(client.load({tiny_llama(), "cpu", 0}, {}));
      const Answers answers = ask(client, list_);
      QCOMPARE(answers.results.size(), list_.size());
      for (const auto& [id, result] : answers.results)
        QVERIFY(result && result->ids == expected_[id]);
    }
    {
      const Limit too_little("1M");
      EngineClient client(LOOM_ENGINE, "cpu");
      const auto loaded = client.load({tiny_llama(), "cpu", 0}, {});
      QVERIFY(!loaded);
      QCOMPARE(loaded.error().kind, ErrorKind::out_of_memory);
      QVERIFY2(loaded.error().message.ends_with(" MiB, 1 MiB allowed"),
               loaded.error().message.c_str());
      QVERIFY(is_alive(client.process_id()));
    }
    const Limit nonsense("much");
    EngineClient client(LOOM_ENGINE, "cpu");
    const auto loaded = client.load({tiny_llama(), "cpu", 0}, {});
    QVERIFY(!loaded && describe(loaded.error()).find(kMemoryLimitVariable) != std::string::npos);
  }

  void the_end_of_its_owner_ends_the_engine() {
    pid_t process = 0;
    {
      EngineClient client(LOOM_ENGINE, "cpu");
      QVERIFY(client.load({tiny_llama(), "cpu", 0}, {}));
      process = client.process_id();
      QVERIFY(is_alive(process));
    }
    QVERIFY(ends_within(process, 3000));
  }

  // A scheduler that suspends a job, or a machine that sleeps, stops owner and engine alike: no
  // reason to start the engine again and to count the sample as tried.
  void a_standstill_of_both_is_no_silence() {
    QProcess parent;
    parent.start(QStringLiteral(ENGINE_PARENT),
                 {QStringLiteral(LOOM_ENGINE), QString::fromStdString(tiny_llama()),
                  QStringLiteral("work")});
    QVERIFY(parent.waitForReadyRead(loom::testing::patient(30'000)));
    const QByteArray engine = parent.readLine().trimmed();
    const pid_t both[] = {static_cast<pid_t>(parent.processId()), engine.toInt()};
    QVERIFY(both[1] > 1);
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    for (pid_t process : both) ::kill(process, SIGSTOP);
    std::this_thread::sleep_for(std::chrono::milliseconds(6000));  // its heartbeat may take 4 s
    for (pid_t process : both) ::kill(process, SIGCONT);
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    parent.write("\n");
    QVERIFY(parent.waitForFinished(loom::testing::patient(30'000)));
    QCOMPARE(parent.readAllStandardOutput().trimmed(), engine);
    QCOMPARE(parent.readAllStandardError(), QByteArray());
  }

  // Instead of a model on another device than the one that was meant.
  void wrong_options_are_refused() {
    for (const QStringList& options :
         {QStringList{QStringLiteral("--help")},
          QStringList{QStringLiteral("--devise"), QStringLiteral("cuda:0")},
          QStringList{QStringLiteral("--device")}}) {
      QProcess engine;
      engine.start(QStringLiteral(LOOM_ENGINE), options);
      engine.closeWriteChannel();
      QVERIFY(engine.waitForFinished(loom::testing::patient(30'000)));
      QCOMPARE(engine.exitCode(), 2);
      QVERIFY(engine.readAllStandardError().contains(options.front().toUtf8()));
      QVERIFY(engine.readAllStandardOutput().isEmpty());
    }
  }

  void a_killed_parent_ends_the_engine() {
    QProcess parent;
    parent.start(QStringLiteral(ENGINE_PARENT),
                 {QStringLiteral(LOOM_ENGINE), QString::fromStdString(tiny_llama())});
    QVERIFY(parent.waitForReadyRead(loom::testing::patient(30'000)));
    pid_t process = parent.readLine().trimmed().toInt();
    QVERIFY(process > 1 && is_alive(process));
    parent.kill();
    QVERIFY(parent.waitForFinished());
    QVERIFY(ends_within(process, 5000));
  }
};

QTEST_GUILESS_MAIN(EngineProcessTest)
#include "engine_process_test.moc"
