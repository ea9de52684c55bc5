// The chat completions client against a server of our own that also misbehaves: an answer is whole,
// or there is an Error that says what to do; and the key is nowhere.
#include "core/judge/chat_endpoint.h"

#include <QTest>
#include <chrono>
#include <thread>

#include "tests/support/chat_server.h"

using namespace loom;
using loom::testing::ChatFault;
using loom::testing::ChatServer;
using Clock = std::chrono::steady_clock;

namespace {

constexpr const char* kKey = "sk-very-secret-0123456789";

struct Bench {
  ChatServer server{[](const nlohmann::json&) { return "Verdict: yes"; }};
  EndpointSettings settings;

  Bench() {
    settings.base_url = server.url();
    settings.model = "judge-1";
    settings.key = kKey;
    settings.attempts = 3;
    settings.first_wait = std::chrono::milliseconds(1);
    settings.longest_wait = std::chrono::seconds(3);
    settings.answer_time = std::chrono::seconds(2);
  }
  Result<JudgeAnswer> ask(std::stop_token stop = {}) const {
    LOOM_TRY(auto judge, ChatEndpoint::create(settings));
    const std::vector<ChatMessage> messages{{"system", "Grade."}, {"user", "1 + 1 = 2?"}};
    return judge->answer(messages, 64, stop);
  }
};

void expect_refusal(const Result<JudgeAnswer>& result, ErrorKind kind, const char* words) {
  QVERIFY(!result);
  const std::string said = describe(result.error());
  QVERIFY2(result.error().kind == kind, said.c_str());
  QVERIFY2(said.find(words) != std::string::npos, said.c_str());
  QVERIFY2(said.find(kKey) == std::string::npos, said.c_str());
}

}  // namespace

class ChatEndpointTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void asks_and_reads() {
    Bench bench;
    bench.server.require_key(kKey);
    const auto answer = bench.ask();
    QVERIFY2(answer.has_value(), answer ? "" : describe(answer.error()).c_str());
    QCOMPARE(answer->text, std::string("Verdict: yes"));
    QCOMPARE(answer->usage.prompt, uint64_t{100});
    QCOMPARE(answer->usage.completion, uint64_t{5});
    QCOMPARE(answer->usage.unknown, uint64_t{0});
    const auto requests = bench.server.requests();
    QCOMPARE(requests.size(), size_t{1});
    const nlohmann::json& body = requests[0].body;
    QCOMPARE(body["model"].get<std::string>(), std::string("judge-1"));
    QCOMPARE(body["temperature"].get<int>(), 0);
    QCOMPARE(body["max_tokens"].get<int>(), 64);
    QCOMPARE(body["stream"].get<bool>(), false);
    QCOMPARE(body["messages"][1]["content"].get<std::string>(), std::string("1 + 1 = 2?"));
    QVERIFY(body.dump().find(kKey) == std::string::npos);
  }

  void sends_no_empty_key() {
    Bench bench;
    bench.settings.key.clear();
    QVERIFY(bench.ask());
    QVERIFY(bench.server.requests()[0].head.find("Authorization") == std::string::npos);
  }

  void waits_as_a_busy_server_asks() {
    Bench bench;
    bench.server.add_fault({ChatFault::reply, 1, 429, "Retry-After: 1\r\n", "{}"});
    const auto start = Clock::now();
    QVERIFY(bench.ask());
    QVERIFY(Clock::now() - start >= std::chrono::milliseconds(950));
    QCOMPARE(bench.server.requests().size(), size_t{2});
  }

  void does_not_wait_for_ever() {
    Bench bench;
    bench.server.add_fault({ChatFault::reply, -1, 429, "Retry-After: 3600\r\n", "{}"});
    const auto start = Clock::now();
    expect_refusal(bench.ask(), ErrorKind::server, "3600 s");
    QVERIFY(Clock::now() - start < std::chrono::seconds(2));
    QCOMPARE(bench.server.requests().size(), size_t{1});
  }

  void asks_a_failing_server_again() {
    Bench bench;
    bench.server.add_fault({ChatFault::reply, 2, 503, "", "down"});
    QVERIFY(bench.ask());
    QCOMPARE(bench.server.requests().size(), size_t{3});
  }

  void recovers_from_a_broken_transfer() {
    for (const auto kind : {ChatFault::cut, ChatFault::open_end}) {
      Bench bench;
      bench.server.add_fault({kind});
      const auto answer = bench.ask();
      QVERIFY2(answer.has_value(), answer ? "" : describe(answer.error()).c_str());
      QCOMPARE(bench.server.requests().size(), size_t{2});
    }
  }

  void refuses_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<int>("requests");
    const auto row = [](const char* name, int status, const char* body, ErrorKind kind,
                        const char* words, int requests) {
      QTest::newRow(name) << status << QByteArray(body) << static_cast<int>(kind)
                          << QByteArray(words) << requests;
    };
    row("500 for ever", 500, "", ErrorKind::server, "has a problem (500)", 3);
    row("429 for ever", 429, "{}", ErrorKind::server, "asked too often", 3);
    row("no quota", 429, R"({"error":{"message":"pay","code":"insufficient_quota"}})",
        ErrorKind::io, "nothing left to spend: pay", 1);
    row("wrong key", 401, R"({"error":{"message":"Incorrect key: sk-very-secret-0123456789"}})",
        ErrorKind::io, "--judge_key_env", 1);
    row("key echoed in HTML", 403, "<p>sk-very-secret-0123456789</p>", ErrorKind::io,
        "not accepted (403)", 1);
    row("no such model", 404, R"({"error":{"message":"no judge-1"}})", ErrorKind::not_found,
        "no judge-1", 1);
    row("too long", 400, R"({"error":{"message":"context length"}})", ErrorKind::invalid_input,
        "context length", 1);
    row("too large", 413, "", ErrorKind::invalid_input, "(413)", 1);
    row("detail", 422, R"({"detail":"max_tokens"})", ErrorKind::invalid_input, "max_tokens", 1);
    row("redirect", 302, "", ErrorKind::io, "not followed", 1);
    row("created", 201, "{}", ErrorKind::io, "refused (201)", 1);
    row("HTML", 200, "<html><body>Log in</body></html>", ErrorKind::corrupt, "/v1", 1);
    row("empty", 200, "", ErrorKind::corrupt, "chat completions", 1);
    row("a list", 200, "[1,2]", ErrorKind::corrupt, "chat completions", 1);
    row("no choices", 200, R"({"id":"x"})", ErrorKind::corrupt, "chat completions", 1);
    row("empty choices", 200, R"({"choices":[]})", ErrorKind::corrupt, "chat completions", 1);
    row("choices of another type", 200, R"({"choices":{"0":1}})", ErrorKind::corrupt,
        "chat completions", 1);
    row("no message", 200, R"({"choices":[{"text":"yes"}]})", ErrorKind::corrupt,
        "chat completions", 1);
    row("no content", 200, R"({"choices":[{"message":{"role":"assistant"}}]})", ErrorKind::corrupt,
        "chat completions", 1);
    row("content of another type", 200, R"({"choices":[{"message":{"content":7}}]})",
        ErrorKind::corrupt, "chat completions", 1);
  }
  void refuses() {
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(int, kind);
    QFETCH(QByteArray, words);
    QFETCH(int, requests);
    Bench bench;
    bench.server.add_fault(
        {ChatFault::reply, -1, status, "Location: http://localhost:9/\r\n", body.toStdString()});
    expect_refusal(bench.ask(), static_cast<ErrorKind>(kind), words.constData());
    QCOMPARE(bench.server.requests().size(), static_cast<size_t>(requests));
  }

  void reads_odd_answers_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("unknown");
    QTest::newRow("no usage") << QByteArray(R"({"choices":[{"message":{"content":"x"}}]})")
                              << QByteArray("x") << 1;
    QTest::newRow("parts")
        << QByteArray(
               R"({"choices":[{"message":{"content":[{"type":"text","text":"a"},7,{"text":"b"}]}}]})")
        << QByteArray("ab") << 1;
    QTest::newRow("refusal") << QByteArray(
                                    R"({"choices":[{"message":{"content":null,"refusal":"no"}}]})")
                             << QByteArray("") << 1;
    QTest::newRow("negative usage")
        << QByteArray(
               R"({"choices":[{"message":{"content":"x"}}],"usage":{"prompt_tokens":-1,"completion_tokens":1}})")
        << QByteArray("x") << 1;
    QTest::newRow("huge usage")
        << QByteArray(
               R"({"choices":[{"message":{"content":"x"}}],"usage":{"prompt_tokens":18446744073709551615,"completion_tokens":1}})")
        << QByteArray("x") << 1;
    QTest::newRow("key echoed")
        << QByteArray(R"({"choices":[{"message":{"content":"sk-very-secret-0123456789!"}}]})")
        << QByteArray("[key]!") << 1;
  }
  void reads_odd_answers() {
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, text);
    QFETCH(int, unknown);
    Bench bench;
    bench.server.add_fault({ChatFault::reply, -1, 200, "", body.toStdString()});
    const auto answer = bench.ask();
    QVERIFY2(answer.has_value(), answer ? "" : describe(answer.error()).c_str());
    QCOMPARE(QByteArray::fromStdString(answer->text), text);
    QCOMPARE(static_cast<int>(answer->usage.unknown), unknown);
  }

  void refuses_an_answer_that_nests_without_end() {
    Bench bench;
    const std::string deep = std::string(150000, '[') + std::string(150000, ']');
    bench.server.add_fault({ChatFault::reply, -1, 200, "",
                            "{\"choices\":[{\"message\":{\"content\":" + deep + "}}]}"});
    QVERIFY(!bench.ask());
    Bench refusing;
    refusing.server.add_fault({ChatFault::reply, -1, 400, "", "{\"error\":" + deep + "}"});
    QVERIFY(!refusing.ask());
  }

  void bounds_an_endless_answer() {
    Bench bench;
    bench.settings.most_answer_bytes = 1 << 20;
    bench.server.add_fault({ChatFault::endless, -1});
    const auto start = Clock::now();
    expect_refusal(bench.ask(), ErrorKind::corrupt, "no end");
    QVERIFY(Clock::now() - start < std::chrono::seconds(2));
  }

  void bounds_a_slow_answer() {
    Bench bench;
    bench.settings.attempts = 1;
    bench.settings.answer_time = std::chrono::seconds(1);
    bench.server.add_fault({ChatFault::drip, -1});
    const auto start = Clock::now();
    expect_refusal(bench.ask(), ErrorKind::timeout, "verdicts so far are kept");
    QVERIFY(Clock::now() - start < std::chrono::seconds(4));
  }

  void stops_when_asked() {
    Bench bench;
    bench.settings.answer_time = std::chrono::seconds(60);
    bench.server.add_fault({ChatFault::drip, -1});
    std::stop_source source;
    std::jthread later([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
      source.request_stop();
    });
    const auto start = Clock::now();
    expect_refusal(bench.ask(source.get_token()), ErrorKind::cancelled, "stopped");
    QVERIFY(Clock::now() - start < std::chrono::seconds(5));
  }

  void names_a_server_that_is_not_there() {
    Bench bench;
    bench.settings.base_url = "http://127.0.0.1:1/v1";
    expect_refusal(bench.ask(), ErrorKind::server, "cannot be reached");
  }

  void checks_what_it_is_given_data() {
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("key");
    const auto row = [](const char* url, const char* key) {
      QTest::newRow(url) << QByteArray(url) << QByteArray(key);
    };
    row("", "");
    row("api.example.org/v1", "");
    row("ftp://api.example.org/v1", "");
    row("file:///etc/passwd", "");
    row("https://", "");
    row("https://user:word@api.example.org/v1", "");
    row("https://api.example.org/v1?key=abc", "");
    row("https://api.example.org/v1#x", "");
    row("https://api.example.org/v1\r\nX: y", "");
    row("https://api.example.org/v1", "two words");
    row("http://api.example.org/v1", "line\r\nX-Evil: 1");
  }
  void checks_what_it_is_given() {
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, key);
    EndpointSettings settings;
    settings.base_url = url.toStdString();
    settings.model = "m";
    settings.key = key.toStdString();
    const auto judge = ChatEndpoint::create(settings);
    QVERIFY(!judge);
    QCOMPARE(judge.error().kind, ErrorKind::invalid_input);
    QVERIFY(key.isEmpty() || describe(judge.error()).find(key.toStdString()) == std::string::npos);
  }

  void knows_who_it_asks() {
    EndpointSettings settings{"https://api.example.org/v1/", "m", kKey};
    const auto judge = *ChatEndpoint::create(settings);
    QCOMPARE(judge->identity(), std::string("chat https://api.example.org/v1/chat/completions m"));
    QVERIFY(!judge->sends_key_in_the_clear());
    settings.base_url = "https://api.example.org/v1/chat/completions";
    QCOMPARE((*ChatEndpoint::create(settings))->identity(), judge->identity());
    settings.base_url = "http://10.0.0.7:8000/v1";
    QVERIFY((*ChatEndpoint::create(settings))->sends_key_in_the_clear());
    settings.base_url = "http://127.0.0.1:8000/v1";
    QVERIFY(!(*ChatEndpoint::create(settings))->sends_key_in_the_clear());
  }
};

QTEST_GUILESS_MAIN(ChatEndpointTest)
#include "chat_endpoint_test.moc"
