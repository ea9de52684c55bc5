// What a hub refuses, where it leads, and how it lists: every answer ends in words that say what to
// do, soon, and with nothing in the cache that was not asked for.
#include <QtTest>

#include "tests/core/hub/hub_bench.h"

using namespace loom;
using namespace loom::testing;
namespace fs = std::filesystem;

namespace {

constexpr const char* kSmall = "a/small.jsonl";
constexpr qint64 kSoon_ms = 5000;  // a busy machine counted in

bool holds_something(const Bench& bench) {
  std::error_code none;
  for (const fs::directory_entry& entry :
       fs::recursive_directory_iterator(bench.settings.cache, none))
    if (entry.path().parent_path().filename() == "blobs" && entry.file_size(none) > 0) return true;
  return bench.cache().find("main", kSmall).has_value();
}

}  // namespace

class HubRefusalsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void leads_nowhere_data() {
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QByteArray>("says");  // empty: libcurl's versions differ in why
    QTest::newRow("a file") << QByteArray("file:///etc/passwd") << QByteArray("is not followed");
    QTest::newRow("another protocol")
        << QByteArray("ftp://127.0.0.1/x") << QByteArray("is not followed");
    QTest::newRow("no host") << QByteArray("http://") << QByteArray();
    QTest::newRow("nothing") << QByteArray() << QByteArray();
    QTest::newRow("a dead port") << QByteArray("http://127.0.0.1:1/x")
                                 << QByteArray("cannot be reached");
  }
  void leads_nowhere() {
    QFETCH(QByteArray, location);
    QFETCH(QByteArray, says);
    for (const char* asked : {"/revision/", "/tree/", "/resolve/"}) {
      Bench bench;
      bench.settings.attempts = 1;
      bench.server.add_fault(
          {Fault::status, asked, -1, 0, 302, "Location: " + location.toStdString() + "\r\n"});
      const std::string said = problem(bench.fetch(kSmall));
      QVERIFY2(!said.empty(), asked);
      QVERIFY2(said.find(says.toStdString()) != std::string::npos, said.c_str());
      QVERIFY2(!holds_something(bench), asked);
    }
  }

  void follows_ten_redirects_and_no_more() {
    for (const size_t hops : {size_t{9}, size_t{12}}) {
      Bench bench;
      for (size_t i = 0; i < hops; ++i)
        bench.server.add_fault(
            {Fault::status, i == 0 ? "/resolve/" : "/hop/" + std::string(1, char('a' + i)) + "/", 1,
             0, 302,
             i + 1 == hops ? "Location: /datasets/org/data/resolve/" + HubServer::commit() +
                                 "/a/small.jsonl?last\r\n"
                           : "Location: /hop/" + std::string(1, char('a' + i + 1)) + "/\r\n"});
      const std::string said = problem(bench.fetch(kSmall));
      if (hops == 9)
        QCOMPARE(said, std::string());
      else
        QVERIFY2(said.find("in a circle") != std::string::npos, said.c_str());
      QVERIFY(bench.server.count("/hop/") <= 10);
      QCOMPARE(holds_something(bench), hops == 9);
    }
  }

  void refusals_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<bool>("token");
    QTest::addColumn<QByteArray>("says");
    QTest::addColumn<int>("asked");  // lasting refusals are not asked twice
    const auto row = [](const char* name, int status, const char* headers, bool token,
                        const char* says, int asked) {
      QTest::newRow(name) << status << QByteArray(headers) << token << QByteArray(says) << asked;
    };
    row("401", 401, "", false, "or is private", 1);
    row("401 with a token", 401, "", true, "the token is not accepted", 1);
    row("403", 403, "", false, "or is private", 1);
    row("403 with a token", 403, "", true, "the token gives no access", 1);
    row("gated", 401, "X-Error-Code: GatedRepo\r\n", false, "Accept them at http://127.0.0.1:", 1);
    row("gated with a token", 403, "X-Error-Code: GatedRepo\r\n", true, "Accept them at", 1);
    row("404 of a file", 404, "X-Error-Code: EntryNotFound\r\n", false, "has no a/small.jsonl", 1);
    row("404 of a commit", 404, "X-Error-Code: RevisionNotFound\r\n", false, "has no revision", 1);
    row("404 of a repository", 404, "X-Error-Code: RepoNotFound\r\n", false, "spelling", 1);
    row("410", 410, "", false, "is not on http://127.0.0.1:", 1);
    row("400", 400, "", false, "refused a/small.jsonl (400)", 1);
    row("204", 204, "", false, "refused a/small.jsonl (204)", 1);
    row("429 until a far day", 429, "Retry-After: Fri, 31 Dec 2066 23:59:59 GMT\r\n", false,
        "asks to wait", 1);
    row("429 until a day gone by", 429, "Retry-After: Sat, 01 Jan 2000 00:00:00 GMT\r\n", false,
        "asked too often", 2);
    row("429 for no number", 429, "Retry-After: soon\r\n", false, "asked too often", 2);
    row("429 for less than nothing", 429, "Retry-After: -5\r\n", false, "asked too often", 2);
    row("429", 429, "", false, "or set a token", 2);
    row("503", 503, "", false, "has a problem (503)", 2);
    row("408", 408, "", false, "has a problem (408)", 2);
  }
  void refusals() {
    QFETCH(int, status);
    QFETCH(QByteArray, headers);
    QFETCH(bool, token);
    QFETCH(QByteArray, says);
    QFETCH(int, asked);
    Bench bench;
    bench.settings.attempts = 2;
    bench.settings.token = token ? "hf_secret" : "";
    bench.server.add_fault({Fault::status, "/resolve/", -1, 0, status, headers.toStdString()});
    const std::string said = problem(bench.fetch(kSmall));
    QVERIFY2(said.find(says.toStdString()) != std::string::npos, said.c_str());
    QVERIFY2(said.find("hf_secret") == std::string::npos, said.c_str());
    QCOMPARE(bench.server.count("/resolve/"), size_t(asked));
    QVERIFY(!holds_something(bench));
  }

  void listings_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char* name, Fault::Kind kind, const char* says,
                        const char* headers = "") {
      QTest::newRow(name) << int(kind) << QByteArray(headers) << QByteArray(says);
    };
    row("drips", Fault::drip, "stopped sending");
    row("does not come", Fault::silent, "does not answer");
    row("is cut", Fault::cut, "broke off");
    row("says it is compressed", Fault::compressed, "broke off");
    row("half of it", Fault::short_length, "not what a hub says");
    row("goes on behind its end", Fault::endless, "not what a hub says");
    row("a web page", Fault::web_page, "not what a hub says");
    row("leads to a file", Fault::more_headers, "is not followed",
        "Link: <file:///etc/passwd>; rel=\"next\"\r\n");
    row("comes again and again", Fault::more_headers, "not what a hub says",
        "Link: <http://192.0.2.1/api?cursor=0>; rel=\"next\"\r\n");
    row("another host without a page", Fault::more_headers, "not what a hub says",
        "Link: <http://192.0.2.1/api>; rel=\"next\"\r\n");
  }
  void listings() {
    QFETCH(int, kind);
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, says);
    Bench bench;
    bench.settings.attempts = 1;
    bench.settings.stall_time = std::chrono::seconds(1);
    bench.server.add_fault({Fault::Kind(kind), "/tree/", -1, 10, 0, headers.toStdString()});
    QElapsedTimer timer;
    timer.start();
    const std::string said = problem(bench.fetch(kSmall));
    QVERIFY2(said.find(says.toStdString()) != std::string::npos, said.c_str());
    QVERIFY(timer.elapsed() < kSoon_ms);
    QCOMPARE(bench.server.count("/resolve/"), size_t(0));
    QVERIFY(!holds_something(bench));
  }

  void a_stalled_listing_is_asked_twice() {
    Bench bench;
    bench.settings.attempts = 5;
    bench.settings.stall_time = std::chrono::seconds(1);
    bench.server.add_fault({Fault::drip, "/revision/", -1});
    QVERIFY(problem(bench.fetch(kSmall)).find("stopped sending") != std::string::npos);
    QCOMPARE(bench.server.count("/revision/"), size_t(2));
  }

  void another_file_than_listed() {
    for (const auto& [header, says] : {std::pair{"X-Linked-Etag: \"ffff\"", "hash ffff"},
                                       {"X-Linked-Size: 7", "7 bytes"},
                                       {"X-Repo-Commit: eeee", "commit eeee"}}) {
      Bench bench;
      bench.settings.attempts = 1;
      bench.server.add_fault(
          {Fault::more_headers, "/resolve/", -1, 0, 0, header + std::string("\r\n")});
      const std::string said = problem(bench.fetch("large.zip"));
      QVERIFY2(said.find(says) != std::string::npos, said.c_str());
      QCOMPARE(bench.server.count("/lfs/"), size_t(0));
      QVERIFY(!holds_something(bench));
    }
  }

  // An endpoint with a path of its own, whose pages lead to the hub that it mirrors.
  void mirrors_below_a_path() {
    Bench bench;
    bench.server.set_page_size(1);
    bench.settings.endpoint = bench.server.mirror_url();
    QCOMPARE(problem(bench.fetch()), std::string());
    QCOMPARE(bench.server.count("/tree/"), size_t(2));
    for (const SeenRequest& request : bench.server.requests())
      QVERIFY2(request.target.starts_with("/lfs/") || request.head.starts_with("GET /mirror/"),
               request.head.c_str());
  }

  void a_dead_proxy_is_named() {
    Bench bench;
    bench.settings.attempts = 1;
    qputenv("http_proxy", "http://127.0.0.1:1");
    qunsetenv("no_proxy");
    bench.settings.endpoint = "http://hub.invalid";
    const std::string said = problem(bench.fetch(kSmall));
    qunsetenv("http_proxy");
    QVERIFY2(said.find("cannot be reached") != std::string::npos, said.c_str());
    QVERIFY2(said.find("proxy settings") != std::string::npos, said.c_str());
  }
};

QTEST_GUILESS_MAIN(HubRefusalsTest)
#include "hub_refusals_test.moc"
