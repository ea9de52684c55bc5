// Files that are damaged, are none, or take much more than they seem to.
#include <sys/resource.h>
#include <sys/stat.h>

#include <QtTest>
#include <fstream>

#include "tests/core/data_files/files.h"
#include "tests/core/data_files/read_files.h"
#include "tests/support/broken_text.h"

using namespace loom;
using loom::testing::gzipped;
using loom::testing::Read;
using loom::testing::read_source;
using loom::testing::write_zip;
using nlohmann::json;
namespace fs = std::filesystem;

class HostileFilesTest : public QObject, protected loom::testing::FilesOfATest {
  Q_OBJECT

 private Q_SLOTS:
  // Without a writer each would block for ever.
  void refuses_pipes() {
    for (const char* name :
         {"p.jsonl", "p.json", "p.csv", "p.txt", "p.jsonl.gz", "p.zip", "p.parquet"}) {
      const fs::path file = folder_.path() / name;
      QCOMPARE(::mkfifo(file.c_str(), 0600), 0);
      const Read got = read_source({file});
      QVERIFY2(!got.report && got.report.error().kind == ErrorKind::invalid_input, name);
      QVERIFY2(got.problem().find("is a pipe") != std::string::npos, got.problem().c_str());
    }
  }

  void refuses_hostile_files() {
    const std::string deep(1000000, '[');
    for (const char* name : {"deep.json", "deep.jsonl"}) {
      const Read got = read(name, deep);
      QVERIFY(!got.report);
      QVERIFY2(got.problem().find("deep") != std::string::npos, got.problem().c_str());
    }
    QVERIFY(read("d.json", "[{\"a\":" + deep).problem().find("deep") != std::string::npos);
    QVERIFY(read("k.json", "{\"x\":" + deep).problem().find("deep") != std::string::npos);
    ReadOptions small;
    small.limits.record_bytes = 1 << 20;
    const std::string large = "[{\"a\": \"" + std::string(3 << 20, 'x') + "\"}]";
    QVERIFY(read("large.json", large, small).problem().find("larger than 1 MiB") !=
            std::string::npos);
    const std::string line = "{\"a\": \"" + std::string(3 << 20, 'x') + "\"}";
    QVERIFY(read("large.jsonl", line, small).problem().find("larger") != std::string::npos);
    small.limits.unpacked_bytes = 1 << 20;
    QVERIFY(read("bomb.txt.gz", gzipped(std::string(900 << 10, ' '))).report.has_value());
    QVERIFY(read("bomb.jsonl.gz", gzipped(std::string(8 << 20, '\n')), small)
                .problem()
                .find("unpacks to more than") != std::string::npos);
    write_zip(folder_.path() / "bomb.zip", {{"a.jsonl", std::string(8 << 20, '\n')}});
    QVERIFY(
        read_source({folder_.path() / "bomb.zip"}, small).problem().find("unpacks to more than") !=
        std::string::npos);
    write_zip(folder_.path() / "up.zip", {{"../../a.jsonl", "{\"a\": 1}"}});
    QCOMPARE(read_source({folder_.path() / "up.zip"}).records.size(), size_t(1));  // read, not put
    QVERIFY(!fs::exists(folder_.path().parent_path().parent_path() / "a.jsonl"));
  }

  // What takes little in the file and much in memory.
  void bounds_what_unpacks_to_much() {
    ReadOptions few;
    few.limits.values = 1000;
    std::string list = "0";
    for (int i = 1; i < 2000; ++i) list += ",0";
    for (const char* name : {"m.json", "m.jsonl"}) {
      const Read got = read(name, "{\"a\": [" + list + "]}", few);
      QVERIFY2(got.problem().find("holds more than 1000 values") != std::string::npos,
               got.problem().c_str());
      // So many records of few values each are fine.
      std::string lines;
      for (int i = 0; i < 2000; ++i) lines += "{\"a\": [1, 2]}\n";
      QCOMPARE(read(name, lines, few).records.size(), size_t(2000));
    }
    QCOMPARE(read("l.json", "[" + list + "]", few).records.size(), size_t(2000));
    few.limits.columns = 50;
    const std::string row(60, ','), fits(49, ',');
    QVERIFY(read("h.csv", row + "\n", few).problem().find("more than 50 fields") !=
            std::string::npos);
    QVERIFY(read("r.tsv", "a\tb\n" + std::string(60, '\t') + "\n", few)
                .problem()
                .find("more than 50 fields") != std::string::npos);
    QCOMPARE(read("f.csv", fits + "\n" + fits + "\n", few).records.size(), size_t(1));
    ReadOptions small;
    small.limits.record_bytes = 1 << 20;
    const std::string cell = "a,b\n1,\"" + std::string(3 << 20, 'x');
    QVERIFY(read("c.csv", cell + "\"\n", small).problem().find("larger than 1 MiB") !=
            std::string::npos);
    QVERIFY(read("o.csv", cell, small).problem().find("larger than 1 MiB") != std::string::npos);
  }

  void bounds_parquet_that_unpacks_to_much() {
    const fs::path file = loom::testing::data("data_files/dense.parquet");
    QVERIFY(fs::file_size(file) < 20000);
    const auto column = [&](const char* name) {
      return DataSource{file, "", {}, "", false, {name}};
    };
    ReadOptions small;
    small.limits.record_bytes = 1 << 20;
    const Read some = read_source(column("some"), small);
    if (!some.report && some.report.error().kind == ErrorKind::unsupported)
      QSKIP("skipped: no Parquet module");
    QVERIFY2(some.problem().find("the row is too large") != std::string::npos,
             some.problem().c_str());
    QCOMPARE(read_source(column("some")).records[0]["some"].size(), size_t(100000));
    const Read many = read_source(column("many"), small);
    QVERIFY2(many.problem().find("64 MiB") != std::string::npos, many.problem().c_str());
  }

  // A list of any size is read in the same memory. $LOOM_TEST_LIST_MB sets another size.
  void streams_long_lists() {
    const int megabytes = qEnvironmentVariableIntValue("LOOM_TEST_LIST_MB");
    const size_t bytes = size_t(megabytes > 0 ? megabytes : 64) << 20;
    const fs::path file = folder_.path() / "long.json";
    size_t count = 0;
    {
      std::ofstream out(file);
      const std::string item = json{{"text", std::string(9000, 'x')}, {"answers", {1, 2}}}.dump();
      for (size_t size = 0; size < bytes; size += item.size(), ++count)
        out << (count ? ",\n" : "[") << item;
      out << "]";
    }
    rusage before{}, after{};
    getrusage(RUSAGE_SELF, &before);
    auto report = for_each_record({file}, [](json& record, const RecordPlace&) -> Result<Reading> {
      if (record["text"].get_ref<const std::string&>().size() != 9000)
        return Error{ErrorKind::internal, "wrong text", "", ""};
      return Reading::go_on;
    });
    getrusage(RUSAGE_SELF, &after);
    fs::remove(file);
    QVERIFY(report.has_value());
    QCOMPARE(report->records, count);
    qInfo("%zu MB in %ld kB more memory", bytes >> 20, after.ru_maxrss - before.ru_maxrss);
#if !defined(__SANITIZE_ADDRESS__)  // a sanitizer keeps what was freed for a while
    QVERIFY(after.ru_maxrss - before.ru_maxrss < 8 << 10);  // kB
#endif
  }

  // A damaged compressed file is never taken for a whole one.
  void finds_damage_in_compressed_files() {
    std::string text;
    for (int i = 0; i < 2000; ++i) text += "{\"a\": " + std::to_string(i * 7919) + "}\n";
    const std::string whole = gzipped(text);
    for (size_t keep : {size_t(1), size_t(10), whole.size() / 2, whole.size() - 1})
      QVERIFY2(!read("cut.jsonl.gz", whole.substr(0, keep)).report, std::to_string(keep).c_str());
    std::string flipped = whole;
    flipped[flipped.size() - 6] ^= 1;  // of the checksum
    QVERIFY(!read("crc.jsonl.gz", flipped).report);
    QVERIFY(!read("html.jsonl.gz", "<html>").report);
    const fs::path zip = folder_.path() / "good.zip";
    write_zip(zip, {{"a.jsonl", text}});
    const std::string packed = *read_file(zip);
    for (size_t at = 60; at < packed.size() / 2; at += packed.size() / 9) {
      std::string bad = packed;
      bad[at] ^= 0x10;
      const Read got = read("bad.zip", bad);
      QVERIFY2(!got.report, std::to_string(at).c_str());
    }
    QVERIFY(!read("half.zip", packed.substr(0, packed.size() / 2)).report);
  }

  void outlives_broken_copies() {
    const std::string lists = R"([{"a": "\u4f60", "b": [1, 2, {"c": null}]}, {"a": "x", "b": []}])";
    const std::string parquet = *read_file(loom::testing::data("data_files/records.parquet"));
    for (const std::string& bad : loom::testing::broken_copies(lists, 300, 7)) {
      read("f.json", bad);
      read("f.jsonl", bad, {.skip_bad_records = true});
      read("f.csv", bad, {.skip_bad_records = true});
    }
    for (const std::string& bad : loom::testing::broken_copies(parquet, 60, 11))
      read("f.parquet", bad, {.skip_bad_records = true});
  }
};

QTEST_GUILESS_MAIN(HostileFilesTest)
#include "hostile_files_test.moc"
