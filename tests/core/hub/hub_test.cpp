// The hub's protocol and cache against a server of our own.
#include <QtTest>

#include "core/base/text_file.h"
#include "core/hub/git_hash.h"
#include "tests/core/hub/hub_bench.h"

using namespace loom;
using namespace loom::testing;
namespace fs = std::filesystem;

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
