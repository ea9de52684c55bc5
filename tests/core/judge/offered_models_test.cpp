// What a server says of its models, and what is said of one that does not answer as it should.
#include "core/judge/offered_models.h"

#include <QTest>

#include "tests/support/chat_server.h"

using namespace loom;
using loom::testing::ChatFault;
using loom::testing::ChatServer;

namespace {
constexpr const char* kKey = "sk-very-secret-0123456789";

struct Bench {
  ChatServer server{[](const nlohmann::json&) { return "unused"; }};
  Result<std::vector<std::string>> ask(const std::string& key = "") const {
    return offered_models(server.url(), key, {});
  }
};

void expect_error(const Result<std::vector<std::string>>& result, ErrorKind kind,
                  const char* words) {
  QVERIFY(!result);
  const std::string said = describe(result.error());
  QVERIFY2(result.error().kind == kind, said.c_str());
  QVERIFY2(said.find(words) != std::string::npos, said.c_str());
  QVERIFY2(said.find(kKey) == std::string::npos, said.c_str());
  QVERIFY2(!result.error().remedy.empty(), said.c_str());
}
}  // namespace

class OfferedModelsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void names_models() {
    Bench bench;
    bench.server.require_key(kKey);
    const auto models = bench.ask(kKey);
    QVERIFY2(models.has_value(), models ? "" : describe(models.error()).c_str());
    QCOMPARE(*models, (std::vector<std::string>{"model-1", "model-2"}));
    // The address of the completions is understood too.
    const auto same = offered_models(bench.server.url() + "/chat/completions", kKey, {});
    QVERIFY(same.has_value());
    QCOMPARE(same->size(), size_t{2});
  }

  void keys() {
    Bench bench;
    bench.server.require_key(kKey);
    expect_error(bench.ask(), ErrorKind::io, "wants a key (401): bad key");
    expect_error(bench.ask("sk-another-0123456789"), ErrorKind::io, "does not take the key (401)");
  }

  // A server may repeat the key that it refuses.
  void keys_are_not_repeated() {
    Bench bench;
    bench.server.add_fault({ChatFault::reply, 1, 403, "",
                            std::string("{\"error\":{\"message\":\"no ") + kKey + "\"}}"});
    expect_error(bench.ask(kKey), ErrorKind::io, "does not take the key (403)");
  }

  void faults_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("words");
    auto row = [](const char* name, int status, const char* body, ErrorKind kind,
                  const char* words) {
      QTest::addRow("%s", name) << status << QByteArray(body) << int(kind) << QByteArray(words);
    };
    row("no list", 404, "", ErrorKind::not_found, "no list of models here (404)");
    row("elsewhere", 302, "", ErrorKind::io, "leads to another address (302)");
    row("down", 503, R"({"error":{"message":"starting"}})", ErrorKind::server, "(503): starting");
    row("a page", 200, "<html></html>", ErrorKind::corrupt, "not as an OpenAI-compatible");
    row("no data", 200, R"({"models":[]})", ErrorKind::corrupt, "not as an OpenAI-compatible");
    row("a number", 200, "7", ErrorKind::corrupt, "not as an OpenAI-compatible");
    row("data of another type", 200, R"({"data":{"id":"x"}})", ErrorKind::corrupt,
        "not as an OpenAI-compatible");
  }

  void faults() {
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(int, kind);
    QFETCH(QByteArray, words);
    Bench bench;
    bench.server.add_fault({ChatFault::reply, 1, status, "", body.toStdString()});
    expect_error(bench.ask(), static_cast<ErrorKind>(kind), words.constData());
  }

  void nobody_there() {
    std::string url;
    {
      Bench gone;
      url = gone.server.url();
    }
    const auto models = offered_models(url, "", {});
    QVERIFY(!models);
    QVERIFY(!models.error().remedy.empty());
  }

  void addresses_are_checked() {
    for (const char* url : {"ftp://example.org/v1", "example.org", "https://user:pass@example.org",
                            "https://example.org/v1?key=x"})
      QVERIFY2(!offered_models(url, "", {}), url);
  }

  void strange_names() {
    // Entries without a name are passed over; control characters and broken bytes do not get out.
    const auto models = read_offered_models(
        "{\"data\":[{\"id\":\"a\\nb\"},{\"id\":7},5,{\"object\":\"model\"},{\"id\":\"c\"}]}",
        "here");
    QVERIFY(models.has_value());
    QCOMPARE(*models, (std::vector<std::string>{"a b", "c"}));
    nlohmann::json many = {{"data", nlohmann::json::array()}};
    for (int i = 0; i < 1500; ++i) many["data"].push_back({{"id", std::string(5000, 'x')}});
    const auto bounded = read_offered_models(many.dump(), "here");
    QVERIFY(bounded.has_value());
    QCOMPARE(bounded->size(), size_t{1000});
    QCOMPARE(bounded->front().size(), size_t{200});
  }
};

QTEST_GUILESS_MAIN(OfferedModelsTest)
#include "offered_models_test.moc"
