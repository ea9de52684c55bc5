// Every format, as it should be and as it should not.
#include "core/data_files/data_files.h"

#include <sys/resource.h>
#include <sys/stat.h>

#include <QtTest>
#include <fstream>

#include "core/base/text_file.h"
#include "core/data_files/parquet_files.h"
#include "tests/core/data_files/files.h"
#include "tests/support/broken_text.h"
#include "tests/support/test_folders.h"

using namespace loom;
using loom::testing::gzipped;
using loom::testing::write_zip;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

struct Read {
  std::vector<json> records;
  std::vector<RecordPlace> places;
  Result<ReadReport> report = ReadReport{};
  std::string problem() const { return report ? "" : describe(report.error()); }
};

Read read_source(const DataSource& source, const ReadOptions& options = {}) {
  Read read;
  read.report = for_each_record(
      source,
      [&](json& record, const RecordPlace& place) -> Result<Reading> {
        read.records.push_back(record);
        read.places.push_back(place);
        return Reading::go_on;
      },
      options);
  return read;
}

}  // namespace

class DataFilesTest : public QObject {
  Q_OBJECT
  loom::testing::TemporaryFolder folder_;

  fs::path write(const std::string& name, const std::string& text) {
    fs::path file = folder_.path() / name;
    if (!write_file(file, text)) qFatal("cannot write");
    return file;
  }
  Read read(const std::string& name, const std::string& text, const ReadOptions& options = {}) {
    return read_source({write(name, text)}, options);
  }

 private Q_SLOTS:
  void reads_json_lines() {
    const Read got = read("a.jsonl", "\xEF\xBB\xBF{\"a\": 1}\r\n\n{\"a\": \"\xE5\x9C\xA8\"}");
    QCOMPARE(got.problem(), std::string());
    QCOMPARE(got.records, (std::vector<json>{{{"a", 1}}, {{"a", "在"}}}));
    QCOMPARE(got.places[1].line, size_t(3));
    QVERIFY(to_string(got.places[1]).ends_with("a.jsonl:3"));
  }

  void reads_lists_objects_and_lines_named_json() {
    const std::vector<json> two = {{{"a", {1, json::array({2})}}}, {{"a", nullptr}}};
    QCOMPARE(read("l.json", "\n [ {\"a\": [1, [2]]},\n {\"a\": null} ]\n").records, two);
    QCOMPARE(read("o.json", "{\"a\": {\"b\": [{\"c\": -1.5}]}}").records,
             (std::vector<json>{{{"a", {{"b", {{{"c", -1.5}}}}}}}}));
    QCOMPARE(read("j.json", "{\"a\": [1, [2]]}\n{\"a\": null}\n").records, two);
    QCOMPARE(read("x.jsonl", "[{\"a\": [1, [2]]}, {\"a\": null}]").records, two);
    QCOMPARE(read("empty.json", "[]").report->records, size_t(0));
  }

  void finds_the_list_inside() {
    const fs::path file = write(
        "s.json", R"({"version": [{"data": 1}], "data": {"x": 3, "rows": [{"n": 1}, {"n": 2}]}})");
    QCOMPARE(read_source({file, "", {}, "data/rows"}).records,
             (std::vector<json>{{{"n", 1}}, {{"n", 2}}}));
    QVERIFY(read_source({file, "", {}, "rows"}).problem().find("holds no \"rows\"") !=
            std::string::npos);
    const fs::path map = write("m.json", R"({"p1": {"n": 1}, "p2": {"n": 2}})");
    const Read entries = read_source({map, "", {}, "", true});
    QCOMPARE(entries.records, (std::vector<json>{{{"n", 1}}, {{"n", 2}}}));
    QCOMPARE(entries.places[0].key, std::string("p1"));
    QCOMPARE(entries.places[1].key, std::string("p2"));
  }

  void reads_delimited_text() {
    const std::string csv = "\xEF\xBB\xBFid,text\r\n1,\"a, \"\"b\"\"\r\nc\"\r\n2,\r\n";
    const Read got = read("a.csv", csv);
    QCOMPARE(got.problem(), std::string());
    QCOMPARE(got.records, (std::vector<json>{{{"id", "1"}, {"text", "a, \"b\"\r\nc"}},
                                             {{"id", "2"}, {"text", ""}}}));
    QCOMPARE(got.places[1].line, size_t(4));
    QCOMPARE(read("a.tsv", "a\tb\nx,y\t\n").records,
             (std::vector<json>{{{"a", "x,y"}, {"b", ""}}}));
    QVERIFY(read("r.csv", "a,b\n1\n").problem().find("has 1 fields") != std::string::npos);
    QVERIFY(read("q.csv", "a,b\n1,\"x\n").problem().find("does not end") != std::string::npos);
    QVERIFY(read("d.csv", "a,a\n1,2\n").problem().find("two columns") != std::string::npos);
    QVERIFY(read("u.csv", "a\n\xff\n").problem().find("not UTF-8") != std::string::npos);
  }

  void reads_compressed_files() {
    const std::string text = "{\"a\": 1}\n{\"a\": 2}\n";
    QCOMPARE(read("a.jsonl.gz", gzipped(text)).records.size(), size_t(2));
    QCOMPARE(read("two.jsonl.gz", gzipped(text) + gzipped(text)).records.size(), size_t(4));
    const fs::path zip = folder_.path() / "data.zip";
    write_zip(zip, {{"data/a.jsonl", text}, {"data/b.json", "[{\"b\": 1}]"}, {"x.png", "?"}});
    QCOMPARE(read_source({zip / "data" / "a.jsonl"}).records.size(), size_t(2));
    QCOMPARE(read_source({zip, "data/b.json"}).records, (std::vector<json>{{{"b", 1}}}));
    QVERIFY(read_source({zip}).problem().find("data/a.jsonl, data/b.json") != std::string::npos);
    QVERIFY(read_source({zip / "data" / "c.jsonl"}).problem().find("no member") !=
            std::string::npos);
    write_zip(folder_.path() / "one.zip", {{"only.jsonl", text}});
    QCOMPARE(read_source({folder_.path() / "one.zip"}).records.size(), size_t(2));
  }

  void reads_folders_of_text() {
    write("texts/b.txt", "second");
    write("texts/a/x.md", "first");
    write("texts/c.bin", "no text");
    const Read got = read_source({folder_.path() / "texts"});
    QCOMPARE(got.records, (std::vector<json>{{{"path", "a/x.md"}, {"text", "first"}},
                                             {{"path", "b.txt"}, {"text", "second"}}}));
  }

  void reads_parquet() {
    const fs::path file = loom::testing::data("data_files/records.parquet");
    const Read got = read_source({file});
    QCOMPARE(got.problem(), std::string());
    QCOMPARE(got.records.size(), size_t(100));
    const json& row = got.records[41];  // of the second row group
    QCOMPARE(row["question"], json("Question 41: где 在哪里 ?"));
    QCOMPARE(row["answers"], json({"a41", "b41"}));
    QCOMPARE(row["length"], json(41));
    QCOMPARE(row["score"], json(10.25));
    QCOMPARE(row["kept"], json(false));
    QCOMPARE(row["nested"], json({{"text", {"t41"}}, {"start", 41}}));
    QCOMPARE(row["language"], json("zh"));
    QCOMPARE(row["missing"], json(nullptr));
    QCOMPARE(row["day"], json("2024-01-01"));
    QCOMPARE(row["price"], json("1.25"));
    const Read some = read_source({file, "", {}, "", false, {"length"}});
    QCOMPARE(some.records[3], json({{"length", 3}}));
    QVERIFY(read_source({file, "", {}, "", false, {"nothing"}}).problem().find("nothing") !=
            std::string::npos);
    QVERIFY(read_source({loom::testing::data("data_files/bytes.parquet")})
                .problem()
                .find("row 1: a column holds bytes") != std::string::npos);
  }

  void stops_when_told() {
    const fs::path file = write("s.jsonl", "{\"a\": 1}\n{\"a\": 2}\nnot json\n");
    size_t seen = 0;
    auto report = for_each_record({file}, [&](json&, const RecordPlace&) -> Result<Reading> {
      return ++seen == 2 ? Reading::enough : Reading::go_on;
    });
    QVERIFY(report.has_value());
    QCOMPARE(seen, size_t(2));
    std::stop_source stop;
    auto cancelled = for_each_record(
        {file},
        [&](json&, const RecordPlace&) -> Result<Reading> {
          stop.request_stop();
          return Reading::go_on;
        },
        {}, stop.get_token());
    QVERIFY(!cancelled && cancelled.error().kind == ErrorKind::cancelled);
  }

  void counts_bad_records() {
    const std::string lines = "{\"a\": 1}\n{broken\n{\"a\": \"\xff\"}\n{\"b\": 1}\n{\"a\": 2}\n";
    const fs::path file = write("b.jsonl", lines);
    auto needs_a = [](json& record, const RecordPlace&) -> Result<Reading> {
      if (!record.contains("a")) return Error{ErrorKind::corrupt, "has no \"a\"", "", ""};
      return Reading::go_on;
    };
    auto strict = for_each_record({file}, needs_a);
    QVERIFY(!strict);
    QVERIFY(strict.error().where.ends_with("b.jsonl:2"));
    auto skipping = for_each_record({file}, needs_a, {.skip_bad_records = true});
    QVERIFY(skipping.has_value());
    QCOMPARE(skipping->records, size_t(2));
    QCOMPARE(skipping->bad_records, size_t(3));
    QVERIFY(skipping->bad[2].where.ends_with("b.jsonl:4"));
    auto fatal = for_each_record({file},
                                 [](json&, const RecordPlace&) -> Result<Reading> {
                                   return Error{ErrorKind::io, "disk full", "", ""};
                                 },
                                 {.skip_bad_records = true});
    QVERIFY(!fatal && fatal.error().kind == ErrorKind::io);
  }

  void names_file_and_line() {
    const Read list = read("n.json", "[{\"a\": 1},\n{\"a\": 2},\n{\"a\" 3}]");
    QCOMPARE(list.records.size(), size_t(2));
    QVERIFY(list.report.error().where.ends_with("n.json:3"));
    QVERIFY(read("t.json", "[{\"a\": 1},").report.error().kind == ErrorKind::corrupt);
    QVERIFY(read("e.json", "").report.error().kind == ErrorKind::corrupt);
    QVERIFY(read("h.jsonl", "<!doctype html>\n<p>").report.error().kind == ErrorKind::corrupt);
    QVERIFY(read("k.bin", "").report.error().kind == ErrorKind::unsupported);
    QVERIFY(read_source({folder_.path() / "gone.jsonl"}).report.error().kind ==
            ErrorKind::not_found);
    QVERIFY(read_source({folder_.path() / "gone.parquet"}).report.error().kind ==
            ErrorKind::not_found);
  }

  // Without a writer each would block for ever.
  void refuses_pipes() {
    for (const char* name : {"p.jsonl", "p.json", "p.csv", "p.txt", "p.jsonl.gz", "p.zip",
                             "p.parquet"}) {
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

  // Ten thousand parts are looked for in one look at the folder.
  void finds_many_shards_at_once() {
    std::vector<std::string> names;
    for (int i = 0; i < 10000; ++i) {
      char name[40];
      std::snprintf(name, sizeof name, "t-%05d-of-10000.parquet", i);
      names.push_back(name);
    }
    size_t looks = 0;
    const ListFolder list = [&](const std::string&) {
      ++looks;
      return names;
    };
    const auto shards = parquet_shards(names.front(), list);
    QVERIFY2(shards, shards ? "" : describe(shards.error()).c_str());
    QCOMPARE(shards->size(), names.size());
    QCOMPARE(looks, size_t(1));
    names.pop_back();
    const auto missing = parquet_shards(names.front(), list);
    QVERIFY(!missing && missing.error().message.find("09999") != std::string::npos);
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
    QVERIFY(after.ru_maxrss - before.ru_maxrss < 8 << 10);  // kB
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

QTEST_GUILESS_MAIN(DataFilesTest)
#include "data_files_test.moc"
