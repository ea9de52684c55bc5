// Benchmarks whose records stand in files: every task over fixtures in the official shapes, and
// files that are broken.
#include <QtTest>
#include <set>

#include "core/base/text_file.h"
#include "tests/core/benchmarks/file_records.h"
#include "tests/core/benchmarks/record_checks.h"
#include "tests/support/test_folders.h"

using namespace loom;
using testing::records;
using testing::request_for;
namespace fs = std::filesystem;

namespace {

const char* const kBenchmarks[] = {
    "ada_leval",  "babilong", "bamboo",     "clongeval",  "counting_stars", "infinitebench",
    "l_citeeval", "leval",    "libra",      "longbench",  "longbench_e",    "longbench_v2",
    "longcite",   "longins",  "longsafety", "longwriter", "loogle",         "lveval"};

// The length at which the fixture has this task.
size_t fixture_length(const std::string& benchmark, const std::string& task) {
  if (benchmark == "ada_leval") return task == "stackselect" ? 1024 : 2048;
  if (benchmark == "babilong") return 1024;
  if (benchmark == "bamboo") return 4096;
  if (benchmark == "libra") return task == "ru_gsm100" ? 16384 : task == "ru_sci_fi" ? 32768 : 8192;
  if (benchmark == "lveval") return 16384;
  return benchmark == "longins" ? 256 : 0;
}

}  // namespace

class FileBenchmarksTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void everyTaskHasRecords_data();
  void everyTaskHasRecords();
  void contextComesBeforeTheQuestion();
  void aLengthKeepsItsRecords();
  void missingAndBrokenFilesAreNamed();
  void badRecordsAreLeftOutWhereAsked();
};

void FileBenchmarksTest::everyTaskHasRecords_data() {
  QTest::addColumn<QString>("benchmark");
  QTest::addColumn<QString>("task");
  for (const char* id : kBenchmarks)
    for (const TaskDescription& task : testing::shipped_catalog().benchmark(id)->tasks)
      QTest::addRow("%s %s", id, task.id.c_str())
          << QString::fromLatin1(id) << QString::fromStdString(task.id);
}

void FileBenchmarksTest::everyTaskHasRecords() {
  QFETCH(QString, benchmark);
  QFETCH(QString, task);
  const std::string id = benchmark.toStdString(), name = task.toStdString();
  auto made = records(
      id, request_for(name, fixture_length(id, name), testing::data(fs::path("benchmarks") / id)));
  QVERIFY2(made, made ? "" : describe(made.error()).c_str());
  QVERIFY(!made->records.empty());
  QVERIFY(made->wording_label.starts_with("house"));
  std::set<std::string> ids;
  for (const Record& record : made->records) {
    QVERIFY(ids.insert(record.id).second);
    QVERIFY(!record.prompt.empty());
    QVERIFY(!record.references.empty());
    QVERIFY(record.context_end <= record.prompt.size());
    const bool braces = id == "counting_stars" || name == "kv_retrieval" ||
                        name == "shortdep_cloze" || name.starts_with("key_passage");
    QVERIFY2(braces || record.prompt.find('{') == std::string::npos, record.prompt.c_str());
  }
}

void FileBenchmarksTest::contextComesBeforeTheQuestion() {
  auto made = records("babilong", request_for("qa1", 1024, testing::data("benchmarks/babilong")));
  QVERIFY(made);
  const Record& record = made->records.front();
  QVERIFY(record.prompt.substr(0, record.context_end).ends_with("Nobody read it."));
  QVERIFY(record.prompt.ends_with("Question: What did the note say?"));
  QCOMPARE(record.references.front(), std::string("bathroom"));
  auto stars = records("counting_stars",
                       request_for("zh_reasoning", 0, testing::data("benchmarks/counting_stars")));
  QVERIFY(stars);
  QCOMPARE(stars->records[0].references, (std::vector<std::string>{"15", "117", "42"}));
  QCOMPARE(stars->records[0].metadata["wrong_counts"].size(), size_t{32});
  auto sorted =
      records("ada_leval", request_for("textsort", 2048, testing::data("benchmarks/ada_leval")));
  QVERIFY(sorted);
  QCOMPARE(sorted->records[1].references, (std::vector<std::string>{"2", "1", "4", "3"}));
}

void FileBenchmarksTest::aLengthKeepsItsRecords() {
  const fs::path folder = testing::data("benchmarks/libra");
  auto eight = records("libra", request_for("passkey", 8192, folder));
  auto four = records("libra", request_for("passkey", 4096, folder));
  QVERIFY(eight && four);
  QCOMPARE(eight->records.size(), size_t{1});
  QCOMPARE(four->records[0].references[0], std::string("нет"));
  QVERIFY(!records("libra", request_for("passkey", 65536, folder)));
}

void FileBenchmarksTest::missingAndBrokenFilesAreNamed() {
  testing::TemporaryFolder folder;
  auto missing = records("longwriter", request_for("longbench_write", 0, folder.path()));
  QVERIFY(!missing);
  QVERIFY(describe(missing.error()).find("longbench_write.jsonl") != std::string::npos);
  const std::string good = R"({"prompt": "p", "type": "t", "length": 10})"
                           "\n";
  for (const std::string& bad :
       {std::string("{\"prompt\": \"p\"}"), std::string("{\"prompt\""), std::string("[1"),
        std::string(R"({"prompt": 7, "length": 10})"), std::string("\xff\xfe")}) {
    QVERIFY(write_file(folder.path() / "longbench_write.jsonl", good + bad));
    auto broken = records("longwriter", request_for("longbench_write", 0, folder.path()));
    QVERIFY(!broken);
    QVERIFY2(describe(broken.error()).find("2") != std::string::npos,
             describe(broken.error()).c_str());
  }
}

void FileBenchmarksTest::badRecordsAreLeftOutWhereAsked() {
  testing::TemporaryFolder folder;
  const std::string good = R"({"prompt": "p", "type": "t", "length": 10})"
                           "\n";
  // Broken JSON, then a record without its length.
  QVERIFY(write_file(folder.path() / "longbench_write.jsonl",
                     good + "{\"prompt\": \"\t\"}\n" + good + "{\"prompt\": \"p\"}\n" + good));
  auto request = request_for("longbench_write", 0, folder.path());
  auto strict = records("longwriter", request);
  QVERIFY(!strict);
  QVERIFY(describe(strict.error()).find("longbench_write.jsonl:2") != std::string::npos);
  request.skip_bad_records = true;
  auto made = records("longwriter", request);
  QVERIFY2(made, made ? "" : describe(made.error()).c_str());
  QCOMPARE(made->records.size(), size_t{3});
  QCOMPARE(made->bad_records, size_t{2});
  QCOMPARE(made->notes.size(), size_t{2});
  QVERIFY(made->notes[0].find("longbench_write.jsonl:2") != std::string::npos);
  QVERIFY(made->notes[1].find("longbench_write.jsonl:4") != std::string::npos);
}

QTEST_APPLESS_MAIN(FileBenchmarksTest)
#include "file_benchmarks_test.moc"
