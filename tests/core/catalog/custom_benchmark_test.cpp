// Definitions of custom benchmarks: what is read, what is refused by name, and how they stand in
// the catalogue.
#include "core/catalog/custom_benchmark.h"

#include <QTest>
#include <fstream>

#include "core/base/file_paths.h"
#include "core/base/text_file.h"
#include "core/catalog/benchmark_data.h"
#include "core/catalog/custom_folder.h"
#include "core/evaluation/evaluation_plan.h"
#include "tests/support/test_folders.h"

using namespace loom;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

json questions() {
  return {{"format", 1},
          {"id", "my_questions"},
          {"title", "My questions"},
          {"capability", "reasoning"},
          {"data", "data.jsonl"},
          {"columns", {{"question", "q"}, {"answers", "a"}}},
          {"prompt", "{question}"},
          {"metric", "token_f1"}};
}

json with(const char* pointer, json value) {
  json root = questions();
  root[json::json_pointer(pointer)] = std::move(value);
  return root;
}

}  // namespace

class CustomBenchmarkTest : public QObject {
  Q_OBJECT

  std::unique_ptr<testing::TemporaryFolder> folder_;

  fs::path write(const json& root, const char* name = "my_questions.json") {
    const fs::path file = folder_->path() / name;
    if (!write_file(file, root.dump())) qFatal("cannot write");
    return file;
  }
  Catalog load() { return *load_catalog(*paths::registry(), folder_->path()); }

 private Q_SLOTS:
  void init() { folder_ = std::make_unique<testing::TemporaryFolder>(); }

  void a_definition_comes_back_as_it_was_written() {
    json root = questions();
    root["columns"] = {{"id", "n"},
                       {"question", "q"},
                       {"context", "c"},
                       {"answers", {"a", "b"}},
                       {"choices", "o"},
                       {"answer_separator", "|"},
                       {"record", {{"classes", "all"}}}};
    root.update({{"system", "Be brief."},
                 {"answer_prefix", "So:"},
                 {"max_new_tokens", 7},
                 {"stop", {"\n"}},
                 {"chat_template", false},
                 {"metric_parameters", {{"n", 2}}},
                 {"licence", "CC0"},
                 {"citation", "Me 2024"},
                 {"language", "ru"},
                 {"summary", "Short."},
                 {"version", "3"},
                 {"samples", 12}});
    auto read = read_custom_benchmark(write(root));
    QVERIFY2(read, read ? "" : describe(read.error()).c_str());
    QCOMPARE(read->data.string(), (folder_->path() / "data.jsonl").string());
    root["data"] = read->data.string();
    root["kind"] = "records";
    root["columns"]["choices"] = {"o"};
    QCOMPARE(QByteArray::fromStdString(to_json(*read).dump()),
             QByteArray::fromStdString(root.dump()));
    const BenchmarkDescription description = description_of(*read);
    QCOMPARE(description.version, std::string("3"));
    const TaskDescription& task = description.tasks.at(0);
    QCOMPARE(task.official_samples, size_t{12});
    QCOMPARE(task.max_new_tokens, 7);
    QVERIFY(!task.chat_template && task.stop.size() == 1);
  }

  void what_makes_no_sense_is_named_data() {
    QTest::addColumn<QByteArray>("definition");
    QTest::addColumn<QByteArray>("where");
    auto row = [](const char* name, const json& root, const char* where) {
      QTest::newRow(name) << QByteArray::fromStdString(root.dump()) << QByteArray(where);
    };
    row("format", with("/format", 2), ": format");
    row("list", json::array({1}), "");
    row("id with a slash", with("/id", "../evil"), ": id");
    row("long id", with("/id", std::string(65, 'a')), ": id");
    row("number as id", with("/id", 4), ": id");
    row("empty title", with("/title", ""), ": title");
    row("capability", with("/capability", "magic"), ": capability");
    row("unknown field", with("/promt", "x"), ": promt");
    row("unknown column role", with("/columns/qestion", "x"), ": qestion");
    row("columns as text", with("/columns", "q"), ": columns");
    row("answers as number", with("/columns/answers", 3), ": answers");
    row("no answers", with("/columns", {{"question", "q"}}), ": columns.answers");
    row("unnamed answer", with("/columns/answers", {"a", ""}), ": columns.answers");
    row("metric", with("/metric", "wisdom"), ": metric");
    row("parameters", with("/metric_parameters", {1, 2}), ": metric_parameters");
    row("an encoder", with("/metric", "bertscore"), ": metric_parameters");
    row("prompt without a gap", with("/prompt", "Say something {}"), ": prompt");
    row("negative limit", with("/max_new_tokens", -1), ": max_new_tokens");
    row("broken limit", with("/max_new_tokens", 1.5), ": max_new_tokens");
    row("huge limit", with("/max_new_tokens", 4e18), ": max_new_tokens");
    row("empty stop", with("/stop", {""}), ": stop");
    row("no data", with("/data", ""), ": data");
    row("picture as data", with("/data", "x.png"), ": data");
    row("zero byte", with("/data", std::string("a\0b.jsonl", 9)), ": data");
    row("climbing out", with("/data", "../data.jsonl"), ": data");
    row("climbing in the middle", with("/data", "a/../../data.jsonl"), ": data");
    row("kind", with("/kind", "magic"), ": kind");
    json documents = {
        {"format", 1}, {"kind", "documents"}, {"id", "d"}, {"title", "D"}, {"folder", "docs"}};
    auto own = [&](const char* field, json value) {
      json root = documents;
      root[field] = std::move(value);
      return root;
    };
    row("no task", own("tasks", json::array()), ": tasks");
    row("unknown task", own("tasks", {"haystack"}), ": tasks");
    row("task twice", own("tasks", {"needle", "needle"}), ": tasks");
    row("short length", own("lengths", {100}), ": lengths");
    row("length as text", own("lengths", {"4k"}), ": lengths");
    row("deep depth", own("depths", {101}), ": depths");
    row("one needle", own("needles", 1), ": needles");
    row("many needles", own("needles", 70), ": needles");
    row("folder climbing out", own("folder", ".."), ": folder");
    row("prompt of documents", own("prompt", "{question}"), ": prompt");
  }
  void what_makes_no_sense_is_named() {
    QFETCH(QByteArray, definition);
    QFETCH(QByteArray, where);
    const fs::path file = folder_->path() / "my_questions.json";
    QVERIFY(write_file(file, definition.toStdString()));
    const auto read = read_custom_benchmark(file);
    QVERIFY(!read);
    const QByteArray found = QByteArray::fromStdString(read.error().where);
    QVERIFY2(found.startsWith(file.c_str()) && found.endsWith(where), found);
    const auto list = load().problems;
    QVERIFY(!list.empty() && QByteArray::fromStdString(list[0].where).startsWith(file.c_str()));
  }

  void a_link_does_not_lead_out() {
    testing::TemporaryFolder elsewhere;
    QVERIFY(write_file(elsewhere.path() / "secret.jsonl", "{}\n"));
    fs::create_symlink(elsewhere.path() / "secret.jsonl", folder_->path() / "data.jsonl");
    const auto read = read_custom_benchmark(write(questions()));
    QVERIFY(!read);
    QVERIFY(read.error().where.ends_with(": data"));
    // Whoever writes the whole path means it.
    const std::string whole = (elsewhere.path() / "secret.jsonl").string();
    QVERIFY(read_custom_benchmark(write(with("/data", whole))));
  }

  void broken_files_are_problems_and_the_rest_works() {
    json root = with("/samples", 3);
    QVERIFY(write_file(folder_->path() / "broken.json", "{\"format\": 1,"));
    write(root);
    write(root, "other_name.json");
    write(questions(), "uncounted.json");
    json taken = root;
    taken["id"] = "ruler";
    write(taken, "ruler.json");
    taken["id"] = "loombench";  // a suite
    write(taken, "loombench.json");
    fs::create_directory(folder_->path() / "folder.json");
    const Catalog catalog = load();
    QVERIFY(catalog.benchmark("my_questions"));
    QVERIFY(catalog.benchmark("my_questions")->custom);
    QVERIFY(!catalog.benchmark("ruler")->custom);
    QCOMPARE(catalog.benchmarks.back().id, std::string("my_questions"));
    QCOMPARE(catalog.problems.size(), size_t{6});
    for (const char* name : {"broken", "other_name", "ruler", "loombench", "folder", "uncounted"})
      QVERIFY2(catalog.problem_with(name), name);
    QVERIFY(!catalog.problem_with("roken"));
    // A plan that names the broken one says why it cannot run.
    EvaluationPlan plan = starter_plan("model");
    plan.benchmarks = {{"broken", {}, {}, 0, {}}};
    const auto problems = check_plan(plan, catalog);
    QVERIFY(!problems.empty());
    QVERIFY(problems[0].where.find("broken.json") != std::string::npos);
  }

  void storing_refuses_ids_that_are_taken() {
    auto benchmark = *read_custom_benchmark(write(with("/samples", 3), "given.json"));
    fs::remove(folder_->path() / "given.json");
    Catalog catalog = load();
    const auto stored = store_custom_benchmark(benchmark, catalog, folder_->path());
    QVERIFY2(stored, stored ? "" : describe(stored.error()).c_str());
    QCOMPARE(store_custom_benchmark(benchmark, catalog, folder_->path()).error().kind,
             ErrorKind::conflict);
    catalog = load();
    QCOMPARE(store_custom_benchmark(benchmark, catalog, folder_->path()).error().kind,
             ErrorKind::conflict);
    QVERIFY(store_custom_benchmark(benchmark, catalog, folder_->path(), *stored));
    for (const char* id : {"niah", "loombench"}) {
      benchmark.id = id;
      QCOMPARE(store_custom_benchmark(benchmark, catalog, folder_->path()).error().kind,
               ErrorKind::conflict);
    }
    QCOMPARE(free_id("niah", catalog, folder_->path()), std::string("niah_2"));
    QCOMPARE(free_id("my_questions", catalog, folder_->path()), std::string("my_questions_2"));
    QCOMPARE(free_id("fresh", catalog, folder_->path()), std::string("fresh"));
  }

  void removing_takes_own_ones_only() {
    write(with("/samples", 3));
    QVERIFY(write_file(folder_->path() / "broken.json", "["));
    const Catalog catalog = load();
    QVERIFY(!remove_custom_benchmark("ruler", catalog, folder_->path()));
    QVERIFY(!remove_custom_benchmark("nothing", catalog, folder_->path()));
    QVERIFY(!remove_custom_benchmark("../my_questions", catalog, folder_->path()));
    QVERIFY(remove_custom_benchmark("broken", catalog, folder_->path()));
    QVERIFY(remove_custom_benchmark("my_questions", catalog, folder_->path()));
    QVERIFY(fs::is_empty(folder_->path()));
  }

  void data_that_went_is_missing() {
    write(with("/samples", 3));
    const fs::path data = folder_->path() / "data.jsonl";
    QVERIFY(write_file(data, "{}\n"));
    const Catalog catalog = load();
    const BenchmarkDescription& benchmark = *catalog.benchmark("my_questions");
    QCOMPARE(benchmark_data(benchmark, "/nowhere").state, BenchmarkData::ready);
    fs::remove(data);
    QCOMPARE(benchmark_data(benchmark, "/nowhere").state, BenchmarkData::missing);
  }

  void versions_follow_what_could_change_a_score() {
    auto version = [&](const json& root) {
      return description_of(*read_custom_benchmark(write(root))).version;
    };
    const std::string before = version(questions());
    QCOMPARE(version(with("/title", "Another")), before);
    QVERIFY(version(with("/prompt", "{question}?")) != before);
    QVERIFY(version(with("/metric", "squad_f1")) != before);
  }

  void titles_become_ids() {
    QCOMPARE(id_from_title("My notes (v2)"), std::string("my_notes_v2"));
    QCOMPARE(id_from_title("Мои заметки"), std::string("custom"));
    QCOMPARE(id_from_title("__"), std::string("custom"));
    QVERIFY(id_from_title(std::string(500, 'a')).size() <= 64);
  }
};

QTEST_GUILESS_MAIN(CustomBenchmarkTest)
#include "custom_benchmark_test.moc"
