// The hub's protocol and cache against a server of our own that also misbehaves: whatever happens,
// a file is right or it is not there.
#include <QtTest>
#include <thread>

#include "core/base/hash.h"
#include "core/base/text_file.h"
#include "core/hub/fetch_files.h"
#include "core/hub/git_hash.h"
#include "core/hub/hub_cache.h"
#include "core/hub/list_repo.h"
#include "tests/support/hub_server.h"
#include "tests/support/test_folders.h"

using namespace loom;
using loom::testing::Fault;
using loom::testing::HubServer;
namespace fs = std::filesystem;

namespace {

const HubRepo kRepo{HubRepo::dataset, "org/data"};

std::string noise(size_t bytes, unsigned seed) {
  std::string text(bytes, '\0');
  for (char& c : text) c = static_cast<char>('a' + (seed = seed * 1664525u + 1013904223u) % 26);
  return text;
}

// A server with one small and one large file, a fresh cache, and patience for tests.
struct Bench {
  HubServer server;
  loom::testing::TemporaryFolder folder;
  HubSettings settings;
  std::string small = noise(5000, 1), large = noise(300000, 2);

  Bench() {
    server.add_file("datasets", "org/data", "a/small.jsonl", small, false);
    server.add_file("datasets", "org/data", "large.zip", large, true);
    settings.endpoint = server.url();
    settings.cache = folder.path() / "hub";
    settings.first_wait = std::chrono::milliseconds(5);
    settings.stall_time = std::chrono::seconds(2);
    settings.attempts = 3;
  }

  Result<std::vector<fs::path>> fetch(const std::string& only = "", std::stop_token stop = {},
                                      const WatchFetch& watch = {}) {
    LOOM_TRY(const HubListing listing, list_hub_repo(settings, kRepo, stop));
    std::vector<HubFile> files = listing.files;
    std::erase_if(files, [&](const HubFile& file) { return !only.empty() && file.path != only; });
    return fetch_hub_files(settings, kRepo, listing, files, watch, stop);
  }
  HubFile large_file() const { return {"large.zip", large.size(), sha256(large)}; }
  HubCache cache() const { return {settings.cache, kRepo}; }
};

std::string problem(const Result<std::vector<fs::path>>& result) {
  return result ? "" : describe(result.error());
}

}  // namespace

class HubTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // FIPS 180-4's examples, and git's well-known hash of the empty file and of "hello\n".
  void hashes_as_git() {
    Sha1 abc;
    abc.update("abc");
    QCOMPARE(abc.hex(), std::string("a9993e364706816aba3e25717850c26c9cd0d89d"));
    Sha1 million;
    for (int i = 0; i < 1000; ++i) million.update(std::string(1000, 'a'));
    QCOMPARE(million.hex(), std::string("34aa973cd4c4daa4f61eeb2bdbad27316534016f"));
    QCOMPARE(git_blob_hash(""), std::string("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"));
    QCOMPARE(git_blob_hash("hello\n"), std::string("ce013625030ba8dba906f756967f9e9ca394464a"));
  }

  void checks_names() {
    auto repo = parse_hub_repo("hf:org/name@v1.0", HubRepo::model);
    QVERIFY(repo.has_value());
    QCOMPARE(repo->id, std::string("org/name"));
    QCOMPARE(repo->revision, std::string("v1.0"));
    for (const char* bad :
         {"", "a/b/c", "../x", "a/..", "a/b@../x", "a b/c", "a/b@", "a/b@/etc", "/x"})
      QVERIFY2(!parse_hub_repo(bad, HubRepo::model), bad);
    for (const char* bad :
         {"/etc/passwd", "../x", "a/../../x", "a//b", "a/./b", "a\nb", "a\\b", ""})
      QVERIFY2(!check_hub_path(bad), bad);
    QVERIFY(check_hub_path("data/zh/ü 1.jsonl").has_value());
  }

  void fetches_in_the_hubs_layout() {
    Bench bench;
    bench.server.set_page_size(1);
    FetchProgress last;
    auto paths = bench.fetch("", {}, [&](const FetchProgress& progress) { last = progress; });
    QCOMPARE(problem(paths), std::string());
    QCOMPARE(paths->size(), size_t(2));
    QCOMPARE(*read_file((*paths)[0]), bench.small);
    QCOMPARE(*read_file((*paths)[1]), bench.large);
    const fs::path repo = bench.settings.cache / "datasets--org--data";
    const fs::path snapshot = repo / "snapshots" / HubServer::commit();
    QCOMPARE(fs::read_symlink(snapshot / "a" / "small.jsonl"),
             fs::path("../../../blobs") / git_blob_hash(bench.small));
    QCOMPARE(fs::read_symlink(snapshot / "large.zip"),
             fs::path("../../blobs") / sha256(bench.large));
    QCOMPARE(*read_file(repo / "refs" / "main"), HubServer::commit());
    QCOMPARE(bench.cache().find("main", "large.zip"), snapshot / "large.zip");
    QCOMPARE(bench.cache().find("other", "large.zip"), snapshot / "large.zip");
    QVERIFY(!bench.cache().find("main", "none"));
    QCOMPARE(last.files_done, size_t(2));
    QCOMPARE(last.bytes_done, bench.small.size() + bench.large.size());
    QCOMPARE(last.bytes, last.bytes_done);
    QCOMPARE(bench.server.count("/tree/"), size_t(2));  // two pages
    const size_t asked = bench.server.count("/resolve/");
    QVERIFY(bench.fetch().has_value());
    QCOMPARE(bench.server.count("/resolve/"), asked);  // all was here
  }

  void keeps_the_token_to_the_hub() {
    Bench bench;
    bench.settings.token = "hf_secret";
    bench.server.require_token("hf_secret", false);
    QCOMPARE(problem(bench.fetch()), std::string());
    size_t elsewhere = 0;
    for (const auto& request : bench.server.requests()) {
      const bool lfs = request.target.starts_with("/lfs/");
      elsewhere += lfs;
      QCOMPARE(request.header("Authorization"), lfs ? "" : "Bearer hf_secret");
      if (lfs || request.target.find("/resolve/") != std::string::npos)
        QCOMPARE(request.header("Accept-Encoding"), std::string("identity"));
    }
    QVERIFY(elsewhere > 0);
  }

  void says_what_to_do_when_refused() {
    Bench bench;
    bench.server.require_token("hf_secret", true);
    const std::string gated = problem(bench.fetch());
    QVERIFY2(gated.find("Accept them at " + bench.server.url() + "/datasets/org/data") !=
                 std::string::npos,
             gated.c_str());
    bench.server.require_token("hf_secret", false);
    QVERIFY(problem(bench.fetch()).find("is private") != std::string::npos);
    bench.settings.token = "wrong";
    QVERIFY(problem(bench.fetch()).find("token is not accepted") != std::string::npos);
    bench.server.require_token("", false);
    auto missing = list_hub_repo(bench.settings, {HubRepo::model, "no/such"});
    QVERIFY(!missing && missing.error().kind == ErrorKind::not_found);
    bench.server.add_fault(
        {Fault::status, "/revision/", 1, 0, 404, "X-Error-Code: RevisionNotFound\r\n"});
    QVERIFY(problem(bench.fetch()).find("has no revision") != std::string::npos);
    bench.settings.offline = true;
    const size_t asked = bench.server.requests().size();
    QVERIFY(problem(bench.fetch()).find("offline") != std::string::npos);
    QCOMPARE(bench.server.requests().size(), asked);
  }

  void waits_for_busy_servers() {
    Bench bench;
    bench.server.add_fault({Fault::status, "/revision/", 1, 0, 429, "Retry-After: 1\r\n"});
    bench.server.add_fault({Fault::status, "/lfs/", 2, 0, 503, ""});
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(problem(bench.fetch()), std::string());
    QVERIFY(timer.elapsed() >= 1000);
    bench.server.add_fault({Fault::status, "/revision/", 1, 0, 429, "Retry-After: 9000\r\n"});
    QVERIFY(problem(bench.fetch()).find("9000 s") != std::string::npos);
    const size_t before = bench.server.count("/revision/");
    bench.server.add_fault({Fault::status, "/revision/", -1, 0, 500, ""});
    QVERIFY(problem(bench.fetch()).find("(500)") != std::string::npos);
    QCOMPARE(bench.server.count("/revision/"), before + 3);  // the attempts of the settings
  }

  void goes_on_after_cuts() {
    Bench bench;
    bench.server.add_fault({Fault::cut, "/lfs/", 5, 50000});  // more cuts than attempts
    QCOMPARE(problem(bench.fetch("large.zip")), std::string());
    std::vector<std::string> ranges;
    for (const auto& request : bench.server.requests())
      if (request.target.starts_with("/lfs/")) ranges.push_back(request.header("Range"));
    QCOMPARE(ranges.size(), size_t(6));
    QCOMPARE(ranges[1], std::string("bytes=50000-"));
    QCOMPARE(ranges[5], std::string("bytes=250000-"));
    QCOMPARE(*read_file(*bench.cache().find("main", "large.zip")), bench.large);
    QVERIFY(!fs::exists(bench.cache().incomplete(bench.large_file())));
  }

  void gives_up_where_nothing_comes() {
    Bench bench;
    bench.server.add_fault({Fault::cut, "/lfs/", -1, 0});
    QVERIFY(problem(bench.fetch("large.zip")).find("broke off") != std::string::npos);
    QCOMPARE(bench.server.count("/lfs/"), size_t(3));
    QVERIFY(!bench.cache().find("main", "large.zip"));
  }

  void takes_up_incomplete_files() {
    Bench bench;
    const fs::path part = bench.cache().incomplete(bench.large_file());
    QVERIFY(write_file(part, bench.large.substr(0, 200000)).has_value());
    QCOMPARE(problem(bench.fetch("large.zip")), std::string());
    QCOMPARE(bench.server.requests().back().header("Range"), std::string("bytes=200000-"));
    QCOMPARE(*read_file(bench.cache().blob(bench.large_file())), bench.large);
  }

  // What is wrong in the part that was here is found at the end, and the file is fetched anew.
  void does_not_trust_incomplete_files() {
    for (const std::string& wrong : {noise(1000, 9), noise(400000, 9), noise(300000, 9)}) {
      Bench bench;
      QVERIFY(write_file(bench.cache().incomplete(bench.large_file()), wrong).has_value());
      QCOMPARE(problem(bench.fetch("large.zip")), std::string());
      QCOMPARE(*read_file(bench.cache().blob(bench.large_file())), bench.large);
    }
    Bench bench;
    QVERIFY(write_file(bench.cache().blob(bench.large_file()), "cut").has_value());
    QCOMPARE(problem(bench.fetch("large.zip")), std::string());
    QCOMPARE(*read_file(bench.cache().blob(bench.large_file())), bench.large);
  }

  void understands_odd_answers_to_ranges() {
    for (const Fault& fault : {Fault{Fault::whole, "/lfs/"}, Fault{Fault::other_range, "/lfs/"},
                               Fault{Fault::status, "/lfs/", 1, 0, 416, ""}}) {
      Bench bench;
      QVERIFY(write_file(bench.cache().incomplete(bench.large_file()), bench.large.substr(0, 99))
                  .has_value());
      bench.server.add_fault(fault);
      QCOMPARE(problem(bench.fetch("large.zip")), std::string());
      QCOMPARE(*read_file(bench.cache().blob(bench.large_file())), bench.large);
    }
  }

  void never_uses_what_is_wrong_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("says");
    QTest::newRow("damaged") << int(Fault::damaged) << "its hash is";
    QTest::newRow("short length") << int(Fault::short_length) << "offers another file";
    QTest::newRow("endless") << int(Fault::endless) << "sends more than";
    QTest::newRow("compressed") << int(Fault::compressed) << "it is compressed";
    QTest::newRow("web page") << int(Fault::web_page) << "a web page came";
    QTest::newRow("circle") << int(Fault::circle) << "in a circle";
    QTest::newRow("other commit") << int(Fault::other_commit) << "commit ffff";
    QTest::newRow("drip") << int(Fault::drip) << "stopped sending";
  }
  void never_uses_what_is_wrong() {
    QFETCH(int, kind);
    QFETCH(QString, says);
    Bench bench;
    bench.settings.attempts = 1;
    bench.server.add_fault({Fault::Kind(kind), "/resolve/", -1});
    const std::string said = problem(bench.fetch("a/small.jsonl"));
    QVERIFY2(said.find(says.toStdString()) != std::string::npos, said.c_str());
    const HubFile file{"a/small.jsonl", bench.small.size(), git_blob_hash(bench.small)};
    QVERIFY(!fs::exists(bench.cache().blob(file)));
    QVERIFY(!bench.cache().find("main", file.path));
  }

  void does_not_believe_every_listing() {
    Bench bench;
    for (const auto& [kind, says] :
         {std::pair{Fault::web_page, "not what a hub says"}, {Fault::circle, "in a circle"}}) {
      bench.server.add_fault({kind, "/tree/", kind == Fault::circle ? 2 : 1});
      const std::string said = problem(bench.fetch());
      QVERIFY2(said.find(says) != std::string::npos, said.c_str());
    }
    bench.server.add_file("datasets", "org/data", "../../../evil", "x", false);
    QVERIFY(problem(bench.fetch()).find("must not be written") != std::string::npos);
    QVERIFY(!fs::exists(bench.folder.path() / "evil"));
  }

  void keeps_what_came_when_stopped() {
    Bench bench;
    bench.server.add_fault({Fault::cut, "/lfs/", 1, 100000});
    bench.settings.first_wait = std::chrono::seconds(20);  // stopped while waiting
    std::stop_source stop;
    std::jthread stopper([&] {
      std::error_code ignored;
      for (int i = 0; i < 500; ++i) {
        if (fs::file_size(bench.cache().incomplete(bench.large_file()), ignored) == 100000) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
      }
      stop.request_stop();
    });
    auto stopped = bench.fetch("large.zip", stop.get_token());
    QVERIFY(!stopped && stopped.error().kind == ErrorKind::cancelled);
    QCOMPARE(fs::file_size(bench.cache().incomplete(bench.large_file())), uintmax_t(100000));
    QCOMPARE(problem(bench.fetch("large.zip")), std::string());
    QCOMPARE(bench.server.requests().back().header("Range"), std::string("bytes=100000-"));
  }

  void says_when_the_disk_is_too_small() {
    Bench bench;
    auto listing = list_hub_repo(bench.settings, kRepo);
    QVERIFY(listing.has_value());
    HubFile vast = bench.large_file();
    vast.bytes = uint64_t{1} << 60;
    auto refused = fetch_hub_files(bench.settings, kRepo, *listing, {vast}, {});
    QVERIFY(problem(refused).find("are free") != std::string::npos);
    QCOMPARE(bench.server.count("/resolve/"), size_t(0));
  }

  void fetches_many_files_at_once() {
    Bench bench;
    for (int i = 0; i < 40; ++i)
      bench.server.add_file("datasets", "org/data", "many/" + std::to_string(i) + ".txt",
                            noise(1000 + 10 * size_t(i % 7), unsigned(i % 7)), i % 2 == 0);
    bench.server.set_page_size(7);
    auto paths = bench.fetch();  // some of the files are the same
    QCOMPARE(problem(paths), std::string());
    QCOMPARE(paths->size(), size_t(42));
    for (int i = 0; i < 40; ++i)
      QCOMPARE(*read_file((*paths)[size_t(i) + 2]),
               noise(1000 + 10 * size_t(i % 7), unsigned(i % 7)));
  }

  void goes_through_a_proxy() {
    Bench bench;
    HubServer proxy;
    proxy.add_file("datasets", "org/data", "p.txt", "by proxy", false);
    qputenv("http_proxy", QByteArray::fromStdString(proxy.url()));
    bench.settings.endpoint = "http://hub.invalid";
    auto paths = bench.fetch("p.txt");
    qunsetenv("http_proxy");
    QCOMPARE(problem(paths), std::string());
    QCOMPARE(*read_file((*paths)[0]), std::string("by proxy"));
    QVERIFY(proxy.requests()[0].head.starts_with("GET http://hub.invalid/api/"));
  }

  void follows_the_environment() {
    loom::testing::TemporaryFolder folder;
    qputenv("HF_HOME", QByteArray::fromStdString(folder.path().string()));
    qputenv("HF_ENDPOINT", "https://mirror.example/");
    qputenv("HF_HUB_OFFLINE", "1");
    QVERIFY(write_file(folder.path() / "token", "hf_file\n").has_value());
    HubSettings settings = hub_settings_from_environment();
    QCOMPARE(settings.token, std::string("hf_file"));
    QCOMPARE(settings.endpoint, std::string("https://mirror.example"));
    QCOMPARE(settings.cache, folder.path() / "hub");
    QVERIFY(settings.offline);
    qputenv("HF_TOKEN", " hf_env ");
    qputenv("HF_HUB_CACHE", "/elsewhere");
    settings = hub_settings_from_environment();
    QCOMPARE(settings.token, std::string("hf_env"));
    QCOMPARE(settings.cache, fs::path("/elsewhere"));
    for (const char* name :
         {"HF_HOME", "HF_ENDPOINT", "HF_HUB_OFFLINE", "HF_TOKEN", "HF_HUB_CACHE"})
      qunsetenv(name);
  }
};

QTEST_GUILESS_MAIN(HubTest)
#include "hub_test.moc"
