// Official files in other places and forms than their JSON beside the data folder's root: a suite's
// own files, Parquet as the hub has it, the folders of repositories and archives.
#include <QtTest>

#include "core/base/text_file.h"
#include "core/catalog/benchmark_data.h"
#include "tests/core/benchmarks/file_records.h"
#include "tests/core/benchmarks/record_checks.h"
#include "tests/support/test_folders.h"

using namespace loom;
using testing::records;
using testing::request_for;
namespace fs = std::filesystem;

class OtherSourcesTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void suitesHaveFilesOfTheirOwn();
  void parquetGivesTheSameRecords_data();
  void parquetGivesTheSameRecords();
  void nestedColumns_data();
  void nestedColumns();
  void shardsBelongTogether();
  void needlesUnderOtherNames_data();
  void needlesUnderOtherNames();
  void foldersOfTheRepositories_data();
  void foldersOfTheRepositories();
};

// The names of the fields in LOOMBENCH's niah.jsonl are not published.
void OtherSourcesTest::needlesUnderOtherNames_data() {
  QTest::addColumn<QString>("row");
  QTest::addColumn<QString>("problem");
  const QString rest = QStringLiteral("\"retrieval_question\": \"Q?\", \"reference\": \"A\"");
  QTest::newRow("context") << QStringLiteral(
                                  "{\"context\": \"T\", %1, \"length\": 1000, "
                                  "\"depth\": 22}")
                                  .arg(rest)
                           << QString();
  QTest::newRow("haystack") << QStringLiteral(
                                   "{\"haystack\": \"T\", %1, \"length\": \"1000\", "
                                   "\"depth\": 22.2}")
                                   .arg(rest)
                            << QString();
  QTest::newRow("lists") << QStringLiteral(
                                "{\"input\": \"T\", \"query\": \"Q?\", \"outputs\": "
                                "[\"A\", \"B\"], \"context_length\": 1000, "
                                "\"depth_percent\": \"22\"}")
                         << QString();
  QTest::newRow("no text") << QStringLiteral(
                                  "{\"book\": \"T\", %1, \"length\": 1000, "
                                  "\"depth\": 22}")
                                  .arg(rest)
                           << QStringLiteral("passage, context, input, haystack or text");
  QTest::newRow("no depth") << QStringLiteral("{\"text\": \"T\", %1, \"length\": 1000}").arg(rest)
                            << QStringLiteral("depth_percent or depth");
  QTest::newRow("a length in words")
      << QStringLiteral("{\"text\": \"T\", %1, \"length\": \"1k\", \"depth\": 22}").arg(rest)
      << QStringLiteral("context_length or length");
  QTest::newRow("a negative length")
      << QStringLiteral("{\"text\": \"T\", %1, \"length\": -1000, \"depth\": 22}").arg(rest)
      << QStringLiteral("context_length or length");
  QTest::newRow("an empty list") << QStringLiteral(
                                        "{\"text\": \"T\", \"query\": \"Q?\", \"outputs\": [], "
                                        "\"length\": 1000, \"depth\": 22}")
                                 << QStringLiteral("outputs");
}
void OtherSourcesTest::needlesUnderOtherNames() {
  QFETCH(QString, row);
  QFETCH(QString, problem);
  testing::TemporaryFolder folder;
  TaskRequest request = request_for("needle", 1000, folder.path());
  request.data_file = folder.path() / "niah.jsonl";
  QVERIFY(write_file(request.data_file, row.toStdString() + "\n"));
  const auto needles = records("niah", request);
  if (!problem.isEmpty()) {
    QVERIFY(!needles);
    QVERIFY2(needles.error().message.find(problem.toStdString()) != std::string::npos,
             describe(needles.error()).c_str());
    QVERIFY(needles.error().where.ends_with("niah.jsonl:1"));
    return;
  }
  QVERIFY2(needles, needles ? "" : describe(needles.error()).c_str());
  const Record& needle = needles->records.at(0);
  QCOMPARE(needle.references, std::vector<std::string>{"A"});
  QCOMPARE(needle.metadata.at("depth").get<int>(), 22);
  QVERIFY(needle.prompt.substr(0, needle.context_end).ends_with("T"));
  QVERIFY(needle.prompt.find("Q?", needle.context_end) != std::string::npos);
}

// LOOMBENCH stores what NIAH and RULER are else made for; the file named by the plan goes before
// all others.
void OtherSourcesTest::suitesHaveFilesOfTheirOwn() {
  testing::TemporaryFolder folder;
  using nlohmann::json;
  auto cell = [](int length, int depth) {
    return json{{"passage", "Rain fell. Eat a plum by the lake. Wind blew."},
                {"question", "What is best?"},
                {"answer", "Eat a plum by the lake"},
                {"context_length", length},
                {"depth_percent", depth}}
               .dump() +
           "\n";
  };
  TaskRequest request = request_for("needle", 4256, folder.path());
  request.data_owner = "LOOMBENCH";
  request.data_file = folder.path() / "niah.jsonl";
  QVERIFY(write_file(request.data_file, cell(1000, 22) + cell(4256, 11) + cell(4256, 100)));
  auto needles = records("niah", request);
  QVERIFY2(needles, needles ? "" : describe(needles.error()).c_str());
  QCOMPARE(needles->data_label, std::string("LOOMBENCH: niah.jsonl"));
  QCOMPARE(needles->records.size(), size_t{2});
  const Record& needle = needles->records[1];
  QCOMPARE(needle.metadata.at("depth").get<int>(), 100);
  QVERIFY(needle.prompt.substr(0, needle.context_end).ends_with("Wind blew."));
  QVERIFY(needle.prompt.find("What is best?", needle.context_end) != std::string::npos);
  QCOMPARE(needle.references, std::vector<std::string>{"Eat a plum by the lake"});
  QVERIFY(write_file(request.data_file, "{\"context_length\": 4256, \"depth_percent\": 0}\n"));
  QVERIFY(records("niah", request).error().where.ends_with("niah.jsonl:1"));

  request = request_for("vt", 0, folder.path());
  request.data_file = folder.path() / "vt.jsonl";
  const json written = {
      {"input", "Track it.\n\nVAR A = 12345\nQuestion: Find all. Answer: they are:"},
      {"outputs", {"A", "B"}},
      {"answer_prefix", " Answer: they are:"},
      {"length", 4000}};
  QVERIFY(write_file(request.data_file, written.dump() + "\n"));
  auto tracked = records("ruler", request);
  QVERIFY2(tracked, tracked ? "" : describe(tracked.error()).c_str());
  const Record& record = tracked->records[0];
  QVERIFY(record.prompt.ends_with("\nQuestion: Find all."));
  QVERIFY(record.prompt.substr(0, record.context_end).ends_with("VAR A = 12345"));
  QCOMPARE(record.answer_prefix, std::string(" Answer: they are:"));
  QVERIFY(record.references == (std::vector<std::string>{"A", "B"}));

  // The named file, though the benchmark's own lies beside it.
  request = request_for("passkey", 0, folder.path());
  request.data_file = folder.path() / "suite" / "passkey.jsonl";
  auto key = [](const char* answer) {
    return json{{"id", 1},
                {"context", "The pass key is 71432."},
                {"input", "What is it?"},
                {"answer", json::array({answer})},
                {"options", json::array()}}
        .dump();
  };
  QVERIFY(write_file(folder.path() / "passkey.jsonl", key("71432")));
  QVERIFY(write_file(request.data_file, key("99999")));
  auto keys = records("infinitebench", request);
  QVERIFY2(keys, keys ? "" : describe(keys.error()).c_str());
  QCOMPARE(keys->records[0].references[0], std::string("99999"));
}

void OtherSourcesTest::parquetGivesTheSameRecords_data() {
  QTest::addColumn<QString>("benchmark");
  QTest::addColumn<QString>("task");
  QTest::addColumn<int>("length");
  QTest::addColumn<QString>("first");  // of the files that are read
  QTest::addRow("shards of a split") << "libra"
                                     << "passkey" << 8192 << "test-00000-of-00002.parquet";
  QTest::addRow("the hub's conversion") << "longbench"
                                        << "hotpotqa" << 0 << "0000.parquet";
  QTest::addRow("one data set") << "longbench_v2"
                                << "longbench_v2" << 0 << "train-00000-of-00001.parquet";
  QTest::addRow("task as split") << "infinitebench"
                                 << "passkey" << 0 << "0000.parquet";
  QTest::addRow("split's file") << "leval"
                                << "coursera" << 0 << "test.parquet";
  QTest::addRow("configuration") << "loogle"
                                 << "longdep_qa_timeline_reorder" << 0
                                 << "test-00000-of-00001.parquet";
  QTest::addRow("length as configuration") << "babilong"
                                           << "qa1" << 1024 << "qa1-00000-of-00001.parquet";
  QTest::addRow("table beside") << "lveval"
                                << "cmrc_mixup" << 16384 << "cmrc_mixup_16k.parquet";
}

// The tables were written by pyarrow from the fixtures in JSON (tests/golden).
void OtherSourcesTest::parquetGivesTheSameRecords() {
  QFETCH(QString, benchmark);
  QFETCH(QString, task);
  QFETCH(int, length);
  QFETCH(QString, first);
  const std::string id = benchmark.toStdString();
  const auto asked = [&](const char* folder) {
    return request_for(task.toStdString(), static_cast<size_t>(length),
                       testing::data(fs::path(folder) / id));
  };
  const auto lines = records(id, asked("benchmarks"));
  QVERIFY2(lines, lines ? "" : describe(lines.error()).c_str());
  TaskRequest request = asked("parquet_benchmarks");
  const auto bare = records(id, request);
  if (!bare && bare.error().kind == ErrorKind::unsupported) QSKIP("skipped: no Parquet module");
  QVERIFY2(bare, bare ? "" : describe(bare.error()).c_str());
  QCOMPARE(bare->data_label, first.toStdString());
  QCOMPARE(bare->data_hash, lines->data_hash);
  QCOMPARE(bare->records.size(), lines->records.size());
  // As a run finds files.
  request.find_file = [&](const std::string& name) {
    return find_data_file(*testing::shipped_catalog().benchmark(id), name,
                          testing::data("parquet_benchmarks"));
  };
  const auto found = records(id, request);
  QVERIFY2(found, found ? "" : describe(found.error()).c_str());
  QCOMPARE(found->data_hash, lines->data_hash);
}

// The same questions and passages as lists of structs, and turned round as structs of lists.
void OtherSourcesTest::nestedColumns_data() {
  QTest::addColumn<QString>("form");
  QTest::addRow("list of structs") << "rows";
  QTest::addRow("struct of lists") << "columns";
}

void OtherSourcesTest::nestedColumns() {
  QFETCH(QString, form);
  const fs::path folder = testing::data(fs::path("parquet_benchmarks/nested") / form.toStdString());
  auto cloze = records("loogle", request_for("shortdep_cloze", 0, folder));
  if (!cloze && cloze.error().kind == ErrorKind::unsupported) QSKIP("skipped: no Parquet module");
  QVERIFY2(cloze, cloze ? "" : describe(cloze.error()).c_str());
  QCOMPARE(cloze->records.size(), size_t{2});
  const nlohmann::json one = {{"<mask-0>", "Ada"}},
                       two = {{"<mask-0>", "Otto"}, {"<mask-1>", "Nora"}};
  QVERIFY(cloze->records[0].metadata.at("masks") == one);
  QVERIFY(cloze->records[1].metadata.at("masks") == two);
  auto cited = records("l_citeeval", request_for("hotpotqa", 0, folder));
  QVERIFY2(cited, cited ? "" : describe(cited.error()).c_str());
  const Record& record = cited->records.at(0);
  QCOMPARE(record.metadata.at("passages").get<int>(), 2);
  QVERIFY(record.prompt.find("Passage [1]: The mill stands empty.") != std::string::npos);
  QVERIFY(record.prompt.find("Passage [2]: The park has a pond.") != std::string::npos);
}

void OtherSourcesTest::shardsBelongTogether() {
  testing::TemporaryFolder folder;
  const fs::path from = testing::data("parquet_benchmarks/libra/passkey");
  const fs::path to = folder.path() / "data";
  fs::create_directories(to);
  fs::copy_file(from / "test-00000-of-00002.parquet", to / "passkey-00000-of-00002.parquet");
  const auto request = request_for("passkey", 0, folder.path());
  auto half = records("libra", request);
  QVERIFY(!half);
  QVERIFY(half.error().message.find("passkey-00001-of-00002.parquet") != std::string::npos);
  fs::copy_file(from / "test-00001-of-00002.parquet", to / "passkey-00001-of-00002.parquet");
  const auto whole = records("libra", request);
  if (!whole && whole.error().kind == ErrorKind::unsupported) QSKIP("skipped: no Parquet module");
  QVERIFY2(whole, whole ? "" : describe(whole.error()).c_str());
  QCOMPARE(whole->records.size(), size_t{2});
  // A table of other columns is refused with its name and row.
  fs::remove_all(to);
  fs::create_directories(folder.path() / "passkey");
  fs::copy_file(testing::data("data_files/records.parquet"),
                folder.path() / "passkey/test.parquet");
  auto other = records("libra", request);
  QVERIFY(!other);
  QCOMPARE(other.error().kind, ErrorKind::corrupt);
  QVERIFY2(other.error().where.ends_with("test.parquet, row 1"), describe(other.error()).c_str());
}

// The files stay where the authors' repositories and archives have them.
void OtherSourcesTest::foldersOfTheRepositories_data() {
  QTest::addColumn<QString>("benchmark");
  QTest::addColumn<QString>("task");
  QTest::addColumn<int>("length");
  QTest::addColumn<QString>("fixture");
  QTest::addColumn<QString>("place");
  QTest::addRow("longins") << "longins"
                           << "GIST" << 256 << "GIST/256.json"
                           << "data/GIST/256.json";
  QTest::addRow("longcite") << "longcite"
                            << "hotpotqa" << 0 << "LongBench-Cite.json"
                            << "LongBench-Cite/LongBench-Cite.json";
  QTest::addRow("longwriter") << "longwriter"
                              << "longwrite_ruler" << 0 << "longwrite_ruler.jsonl"
                              << "evaluation/longwrite_ruler.jsonl";
  for (const char* kind : {"searching", "acquisition"})
    QTest::addRow("counting_stars, %s", kind)
        << "counting_stars"
        << "en_searching" << 0 << "counting_stars_en_searching.jsonl"
        << QStringLiteral(
               "test_data/Counting_Stars_EN_multi-evidence-retrieval-%1_128000_32_32.jsonl")
               .arg(QString::fromLatin1(kind));
}

void OtherSourcesTest::foldersOfTheRepositories() {
  QFETCH(QString, benchmark);
  QFETCH(QString, task);
  QFETCH(int, length);
  QFETCH(QString, fixture);
  QFETCH(QString, place);
  const std::string id = benchmark.toStdString();
  const fs::path from = testing::data(fs::path("benchmarks") / id);
  testing::TemporaryFolder folder;
  const fs::path to = folder.path() / place.toStdString();
  fs::create_directories(to.parent_path());
  fs::copy_file(from / fixture.toStdString(), to);
  const auto size = static_cast<size_t>(length);
  const auto moved = records(id, request_for(task.toStdString(), size, folder.path()));
  QVERIFY2(moved, moved ? "" : describe(moved.error()).c_str());
  QCOMPARE(moved->data_hash, records(id, request_for(task.toStdString(), size, from))->data_hash);
}

QTEST_APPLESS_MAIN(OtherSourcesTest)
#include "other_sources_test.moc"
