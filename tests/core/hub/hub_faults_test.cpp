// A hub that misbehaves: whatever happens, a file is right or it is not there.
#include <QtTest>
#include <thread>

#include "core/base/text_file.h"
#include "core/hub/git_hash.h"
#include "tests/core/hub/hub_bench.h"

using namespace loom;
using namespace loom::testing;
namespace fs = std::filesystem;

class HubFaultsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
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
    for (const char* asked : {"/revision/", "/tree/"}) {
      bench.server.add_fault({Fault::deep, asked});
      const std::string said = problem(bench.fetch());
      QVERIFY2(said.find("not what a hub says") != std::string::npos, said.c_str());
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
};

QTEST_GUILESS_MAIN(HubFaultsTest)
#include "hub_faults_test.moc"
