// Every format as it should be, and what a record that is not good is called.
#include <QtTest>

#include "core/data_files/parquet_files.h"
#include "tests/core/data_files/files.h"
#include "tests/core/data_files/read_files.h"

using namespace loom;
using loom::testing::gzipped;
using loom::testing::Read;
using loom::testing::read_source;
using loom::testing::write_zip;
using nlohmann::json;
namespace fs = std::filesystem;

class DataFilesTest : public QObject, protected loom::testing::FilesOfATest {
  Q_OBJECT

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
};

QTEST_GUILESS_MAIN(DataFilesTest)
#include "data_files_test.moc"
