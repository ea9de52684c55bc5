// However an engine goes wrong: it is noticed within the limits, started again, its sample is tried
// once more and then marked; nothing hangs and nothing crashes.
#include "core/servers/engine_client.h"

#include <signal.h>

#include <QElapsedTimer>
#include <QTest>
#include <fstream>
#include <map>
#include <thread>

#include "core/base/random.h"
#include "tests/support/test_folders.h"

using namespace loom;

namespace {

constexpr EngineLimits kShort{std::chrono::milliseconds(2000), std::chrono::milliseconds(600),
                              std::chrono::milliseconds(300)};

std::vector<GenerationRequest> requests(size_t count) {
  std::vector<GenerationRequest> list(count);
  for (size_t i = 0; i < count; ++i) {
    list[i].id = i;
    list[i].ids.assign(i + 1, 5);
    list[i].max_new_tokens = 1;
  }
  return list;
}

struct Answers {
  std::map<uint64_t, Result<GenerationResult>> results;
  int doubled = 0, notices = 0;
  Status status;
};

Answers ask(EngineClient& client, const std::vector<GenerationRequest>& list,
            std::stop_token stop = {}) {
  Answers answers;
  GenerationObserver observer;
  observer.finished = [&](uint64_t id, Result<GenerationResult> result) {
    answers.doubled += !answers.results.emplace(id, std::move(result)).second;
  };
  observer.notice = [&](const std::string&) { ++answers.notices; };
  answers.status = client.generate(list, observer, stop);
  return answers;
}

void set_mode(const char* mode, const char* at, const std::filesystem::path& turns = {}, int n = 0) {
  qputenv("MISBEHAVE", mode);
  qputenv("MISBEHAVE_AT", at);
  qputenv("MISBEHAVE_FILE", turns.empty() ? QByteArray() : QByteArray(turns.c_str()));
  if (!turns.empty()) std::ofstream(turns) << n;
}

}  // namespace

class EngineClientTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_good_engine_answers_all() {
    set_mode("none", "");
    EngineClient client(MISBEHAVING_ENGINE, "cpu", kShort);
    QVERIFY(client.load({"m", "cpu", 0}, {}));
    Answers answers = ask(client, requests(20));
    QVERIFY(answers.status);
    QCOMPARE(answers.results.size(), size_t{20});
    QCOMPARE(answers.results.at(4)->text, std::string("5"));
    QCOMPARE(answers.notices, 0);
  }

  void a_bad_start_is_an_error_data() {
    QTest::addColumn<QByteArray>("mode");
    for (const char* mode : {"die", "crash", "stop", "hang", "garbage", "huge", "broken", "version"})
      QTest::newRow(mode) << QByteArray(mode);
  }
  void a_bad_start_is_an_error() {
    QFETCH(QByteArray, mode);
    set_mode(mode.constData(), "hello");
    QElapsedTimer timer;
    timer.start();
    EngineClient client(MISBEHAVING_ENGINE, "cpu", kShort);
    auto model = client.load({"m", "cpu", 0}, {});
    QVERIFY(!model);
    QVERIFY(!model.error().message.empty());
    QVERIFY(timer.elapsed() < 6000);
  }

  void a_missing_engine_is_an_error() {
    EngineClient client("/nowhere/loomscope-engine", "cpu", kShort);
    auto model = client.load({"m", "cpu", 0}, {});
    QVERIFY(!model);
  }

  // Once: the sample is tried again and answered. For ever: it is marked, the others are answered.
  void a_failure_at_work_data() {
    QTest::addColumn<QByteArray>("mode");
    for (const char* mode : {"die", "crash", "stop", "hang", "garbage", "huge", "broken",
                             "wrong types"})
      QTest::newRow(mode) << QByteArray(mode);
  }
  void a_failure_at_work() {
    QFETCH(QByteArray, mode);
    testing::TemporaryFolder folder;
    set_mode(mode.constData(), "generate", folder.path() / "turns", 1);
    EngineClient client(MISBEHAVING_ENGINE, "cpu", kShort);
    QVERIFY(client.load({"m", "cpu", 0}, {}));
    QElapsedTimer timer;
    timer.start();
    Answers answers = ask(client, requests(5));
    QVERIFY2(answers.status, answers.status ? "" : describe(answers.status.error()).c_str());
    QCOMPARE(answers.results.size(), size_t{5});
    QCOMPARE(answers.doubled, 0);
    QVERIFY(timer.elapsed() < 8000);
    for (const auto& [id, result] : answers.results) {
      if (mode == "wrong types" && id == 0) continue;  // may be taken as this sample's answer
      QVERIFY2(result, result ? "" : describe(result.error()).c_str());
    }
    if (mode != "wrong types") QCOMPARE(answers.notices, 1);

    set_mode(mode.constData(), "generate", folder.path() / "turns", 1000);
    EngineClient hopeless(MISBEHAVING_ENGINE, "cpu", kShort);
    QVERIFY(hopeless.load({"m", "cpu", 0}, {}));
    answers = ask(hopeless, requests(1));
    QCOMPARE(answers.results.size() + (answers.status ? 0u : 1u) > 0, true);
    if (!answers.results.empty()) QVERIFY(!answers.results.at(0) || mode == "wrong types");
  }

  void unanswered_requests_end_in_errors() {
    set_mode("unanswered", "generate");
    EngineClient client(MISBEHAVING_ENGINE, "cpu", kShort);
    QVERIFY(client.load({"m", "cpu", 0}, {}));
    Answers answers = ask(client, requests(2));
    QVERIFY(!answers.status || answers.results.size() == 2);
  }

  void stop_is_honoured_soon() {
    set_mode("hang", "generate");
    EngineClient client(MISBEHAVING_ENGINE, "cpu", {});
    QVERIFY(client.load({"m", "cpu", 0}, {}));
    std::stop_source stop;
    std::jthread later([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
      stop.request_stop();
    });
    QElapsedTimer timer;
    timer.start();
    Answers answers = ask(client, requests(1), stop.get_token());
    QVERIFY(!answers.status);
    QCOMPARE(answers.status.error().kind, ErrorKind::cancelled);
    QVERIFY(timer.elapsed() < 3000);
  }

  // kill -9 and kill -STOP from outside at random moments while many requests are answered.
  void sixty_kills_lose_no_answer() {
    set_mode("none", "");
    EngineClient client(MISBEHAVING_ENGINE, "cpu", kShort);
    QVERIFY(client.load({"m", "cpu", 0}, {}));
    Random random(3);
    for (int kill_number = 0; kill_number < 60; ++kill_number) {
      auto list = requests(400);
      int process = client.process_id();
      std::jthread killer([&, wait = random.below(12'000)] {
        std::this_thread::sleep_for(std::chrono::microseconds(wait));
        if (process > 0) ::kill(process, kill_number % 10 == 9 ? SIGSTOP : SIGKILL);
      });
      Answers answers = ask(client, list);
      killer.join();
      QVERIFY2(answers.status, answers.status ? "" : describe(answers.status.error()).c_str());
      QCOMPARE(answers.results.size(), size_t{400});
      QCOMPARE(answers.doubled, 0);
      for (const auto& [id, result] : answers.results) QVERIFY(result);
    }
  }
};

QTEST_GUILESS_MAIN(EngineClientTest)
#include "engine_client_test.moc"
