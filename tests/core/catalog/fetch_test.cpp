// Data and models from the hub to where benchmarks and the engine find them; the server is ours.
#include <QtTest>

#include "core/base/hash.h"
#include "core/base/hub_folders.h"
#include "core/base/text_file.h"
#include "core/catalog/bibtex.h"
#include "core/catalog/fetch_benchmark.h"
#include "core/catalog/fetch_model.h"
#include "core/data_files/data_files.h"
#include "tests/support/hub_server.h"
#include "tests/support/test_folders.h"

using namespace loom;
using loom::testing::Fault;
using loom::testing::HubServer;
namespace fs = std::filesystem;

namespace {

std::vector<HubFile> files(const std::vector<const char*>& names) {
  std::vector<HubFile> list;
  for (const char* name : names) list.push_back({name, 1, std::string(40, 'a')});
  return list;
}

std::vector<std::string> chosen(const std::vector<const char*>& names, const char* pattern = "") {
  auto picked = choose_model_files({HubRepo::model, "org/m"}, files(names), pattern);
  if (!picked) return {describe(picked.error())};
  std::vector<std::string> paths;
  for (const HubFile& file : *picked) paths.push_back(file.path);
  return paths;
}

}  // namespace

class FetchTest : public QObject {
  Q_OBJECT
  HubServer server_;
  loom::testing::TemporaryFolder folder_;
  HubSettings settings_;
  BenchmarkDescription benchmark_;

  fs::path data_folder() const { return folder_.path() / "data"; }

 private Q_SLOTS:
  void init() {
    static int number = 0;
    const fs::path cache = folder_.path() / ("cache" + std::to_string(++number));
    qputenv("HF_HUB_CACHE", QByteArray::fromStdString(cache.string()));
    qputenv("HF_ENDPOINT", QByteArray::fromStdString(server_.url()));
    settings_ = hub_settings_from_environment();
    benchmark_ = {};
    benchmark_.id = "bench";
    benchmark_.title = "Bench";
    benchmark_.paper = "https://example.org/bench";
    benchmark_.files = {{"a.jsonl", "org/data", "data/a.jsonl", sha256("{\"a\": 1}\n"), 9, true},
                        {"more.jsonl", "org/more", "more.jsonl", "", 9, true},
                        {"extra.jsonl", "org/data", "extra.jsonl", "", 9, false}};
  }
  void initTestCase() {
    server_.add_file("datasets", "org/data", "data/a.jsonl", "{\"a\": 1}\n", false);
    server_.add_file("datasets", "org/data", "extra.jsonl", "{\"a\": 2}\n", false);
    server_.add_file("datasets", "org/more", "more.jsonl", "{\"a\": 3}\n", true);
  }

  void fetches_what_is_missing() {
    BenchmarkData data = benchmark_data(benchmark_, data_folder());
    QCOMPARE(data.state, BenchmarkData::missing);
    QCOMPARE(data.absent_bytes, uint64_t(27));
    FetchProgress last;
    auto fetched = fetch_benchmark(benchmark_, data_folder(), settings_, false,
                                   [&](const FetchProgress& progress) { last = progress; });
    QVERIFY2(fetched.has_value(), fetched ? "" : describe(fetched.error()).c_str());
    QCOMPARE(last.files, size_t(2));
    QCOMPARE(last.files_done, size_t(2));
    QCOMPARE(last.bytes_done, uint64_t(18));
    QCOMPARE(fetched->files[0].place, FoundFile::hub_cache);
    QCOMPARE(fetched->files[2].place, FoundFile::absent);
    QCOMPARE(fetched->state, BenchmarkData::ready);
    auto file = find_data_file(benchmark_, "a.jsonl", data_folder());
    QVERIFY(file.has_value());
    QCOMPARE(*read_file(*file), std::string("{\"a\": 1}\n"));
    settings_.offline = true;  // nothing more is needed
    QVERIFY(fetch_benchmark(benchmark_, data_folder(), settings_, false, {}).has_value());
    QVERIFY(!fetch_benchmark(benchmark_, data_folder(), settings_, true, {}));
  }

  void fetches_all_where_none_is_required() {
    for (DataFile& file : benchmark_.files) file.required = false;
    benchmark_.files.push_back({"prompts.json", "", "", "", 0, false});
    QCOMPARE(benchmark_data(benchmark_, data_folder()).absent.size(), size_t(4));
    benchmark_.files.back().has_substitute = true;
    auto fetched = fetch_benchmark(benchmark_, data_folder(), settings_, false, {});
    QVERIFY2(fetched.has_value(), fetched ? "" : describe(fetched.error()).c_str());
    QCOMPARE(fetched->state, BenchmarkData::ready);  // our own prompts take the place of the file
    QCOMPARE(fetched->files.size(), size_t(3));
    benchmark_.generated = true;
    benchmark_.files[2].hub_path = "gone.jsonl";
    QVERIFY(fetch_benchmark(benchmark_, data_folder(), settings_, false, {}).has_value());
    benchmark_.generated = false;
    benchmark_.files = {{"prompts.json", "", "", "", 0, false}};
    QVERIFY(!fetch_benchmark(benchmark_, data_folder(), settings_, false, {}));
  }

  void states() {
    BenchmarkDescription made = benchmark_;
    made.generated = true;
    for (DataFile& file : made.files) file.required = false;
    const fs::path folder = data_folder() / "states";
    QCOMPARE(benchmark_data(made, folder).state, BenchmarkData::generated);
    BenchmarkDescription read = made;
    read.generated = false;
    QCOMPARE(benchmark_data(read, folder).state, BenchmarkData::missing);
    QVERIFY(write_file(folder / "bench" / "extra.jsonl", "{}").has_value());
    QCOMPARE(benchmark_data(read, folder).state, BenchmarkData::partial);
    for (const char* name : {"a.jsonl", "more.jsonl"})
      QVERIFY(write_file(folder / "bench" / name, "{}").has_value());
    QCOMPARE(benchmark_data(read, folder).state, BenchmarkData::ready);
    QCOMPARE(benchmark_data({}, folder).state, BenchmarkData::missing);
    read.files = {{"data.zip", "org/data", "data.zip", "", 0, false}};
    QCOMPARE(benchmark_data(read, folder).state, BenchmarkData::missing);
    QVERIFY(write_file(folder / "bench" / "data" / "a.jsonl", "{}").has_value());
    QCOMPARE(benchmark_data(read, folder).state, BenchmarkData::ready);  // unpacked by the user
  }

  void prefers_the_users_folder() {
    QVERIFY(fetch_benchmark(benchmark_, data_folder(), settings_, true, {}).has_value());
    const fs::path own = data_folder() / "bench" / "a.jsonl";
    QVERIFY(write_file(own, "mine").has_value());
    QCOMPARE(benchmark_data(benchmark_, data_folder()).files[0].place, FoundFile::user_folder);
    QCOMPARE(*find_data_file(benchmark_, "a.jsonl", data_folder()), own);
    fs::remove_all(data_folder());
  }

  void refuses_another_version() {
    benchmark_.files[0].sha256 = sha256("what it was defined on");
    auto fetched = fetch_benchmark(benchmark_, data_folder(), settings_, false, {});
    QVERIFY(!fetched && fetched.error().kind == ErrorKind::corrupt);
    QVERIFY(fetched.error().message.find("another version") != std::string::npos);
    benchmark_.files = {{"x.jsonl", "org/data", "gone.jsonl", "", 0, true}};
    auto gone = fetch_benchmark(benchmark_, data_folder(), settings_, false, {});
    QVERIFY(!gone && gone.error().kind == ErrorKind::not_found);
  }

  // Whatever comes instead of a file, the benchmark stays without it, and gets it the next time.
  void uses_nothing_that_is_wrong_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("status");
    QTest::newRow("cut") << int(Fault::cut) << 0;
    QTest::newRow("wrong length") << int(Fault::short_length) << 0;
    QTest::newRow("endless") << int(Fault::endless) << 0;
    QTest::newRow("wrong hash") << int(Fault::damaged) << 0;
    QTest::newRow("drip") << int(Fault::drip) << 0;
    QTest::newRow("circle") << int(Fault::circle) << 0;
    QTest::newRow("compressed") << int(Fault::compressed) << 0;
    QTest::newRow("web page") << int(Fault::web_page) << 0;
    QTest::newRow("other commit") << int(Fault::other_commit) << 0;
    for (int status : {401, 403, 404, 429, 500, 503})
      QTest::addRow("%d", status) << int(Fault::status) << status;
  }
  void uses_nothing_that_is_wrong() {
    QFETCH(int, kind);
    QFETCH(int, status);
    settings_.attempts = 1;
    settings_.stall_time = std::chrono::seconds(1);
    server_.add_fault({Fault::Kind(kind), "/resolve/", -1, 3, status, ""});
    const auto faulty = fetch_benchmark(benchmark_, data_folder(), settings_, false, {});
    server_.clear_faults();
    QVERIFY(!faulty);
    QVERIFY(!faulty.error().message.empty() && !faulty.error().where.empty());
    QVERIFY(!find_data_file(benchmark_, "a.jsonl", data_folder()));
    QVERIFY(!find_data_file(benchmark_, "more.jsonl", data_folder()));
    QCOMPARE(benchmark_data(benchmark_, data_folder()).state, BenchmarkData::missing);
    const auto again = fetch_benchmark(benchmark_, data_folder(), settings_, false, {});
    QVERIFY2(again, again ? "" : describe(again.error()).c_str());
    QCOMPARE(*read_file(*find_data_file(benchmark_, "a.jsonl", data_folder())),
             std::string("{\"a\": 1}\n"));
    QCOMPARE(*read_file(*find_data_file(benchmark_, "more.jsonl", data_folder())),
             std::string("{\"a\": 3}\n"));
  }

  void says_where_files_belong() {
    auto missing = find_data_file(benchmark_, "a.jsonl", data_folder());
    QVERIFY(!missing);
    QCOMPARE(missing.error().where, (data_folder() / "bench").string());
    QVERIFY(missing.error().remedy.find("benchmarks fetch bench") != std::string::npos);
    benchmark_.files = {{"a.jsonl", "", "", "", 0, true}};
    auto nowhere = fetch_benchmark(benchmark_, data_folder(), settings_, false, {});
    QVERIFY(!nowhere);
    QVERIFY(nowhere.error().remedy.find("https://example.org/bench") != std::string::npos);
  }

  void looks_into_archives() {
    const std::string zip = *read_file(loom::testing::data("data_files/two.zip"));
    server_.add_file("datasets", "org/zip", "data.zip", zip, true);
    benchmark_.files = {{"data.zip", "org/zip", "data.zip", "", zip.size(), true}};
    QVERIFY(!find_data_file(benchmark_, "a.jsonl", data_folder()));
    QVERIFY(fetch_benchmark(benchmark_, data_folder(), settings_, false, {}).has_value());
    auto file = find_data_file(benchmark_, "a.jsonl", data_folder());
    QVERIFY(file.has_value());
    size_t records = 0;
    auto read =
        for_each_record({*file}, [&](nlohmann::json&, const RecordPlace&) -> Result<Reading> {
          ++records;
          return Reading::go_on;
        });
    QVERIFY(read.has_value());
    QCOMPARE(records, size_t(2));
  }

  void brings_parquet_where_there_is_nothing_else() {
    for (const char* name : {"a/test-00000-of-00002.parquet", "a/test-00001-of-00002.parquet",
                             "a/train-00000-of-00001.parquet", "b/test-00000-of-00001.parquet"})
      server_.add_file("datasets", "org/tables", name, std::string("PAR1") + name, true);
    benchmark_.files = {{"a.jsonl", "org/tables", "a.jsonl", "", 9, true},
                        {"b.jsonl", "org/tables", "b.jsonl", "", 9, true}};
    QVERIFY(!find_data_file(benchmark_, "a.jsonl", data_folder()));
    auto fetched = fetch_benchmark(benchmark_, data_folder(), settings_, false, {});
    QVERIFY2(fetched, fetched ? "" : describe(fetched.error()).c_str());
    QCOMPARE(fetched->state, BenchmarkData::ready);
    QCOMPARE(fetched->files[0].place, FoundFile::hub_cache);
    const fs::path first = *find_data_file(benchmark_, "a.jsonl", data_folder());
    QCOMPARE(first.filename().string(), std::string("test-00000-of-00002.parquet"));
    QVERIFY(fs::exists(first.parent_path() / "test-00001-of-00002.parquet"));
    QVERIFY(!fs::exists(first.parent_path() / "train-00000-of-00001.parquet"));
    // What has a known hash is not replaced by another form of it.
    benchmark_.files = {{"c.jsonl", "org/tables", "b.jsonl", sha256("x"), 9, true}};
    QVERIFY(!fetch_benchmark(benchmark_, data_folder(), settings_, false, {}));
  }

  // Where a data set has moved its files to the folders that they have with us.
  void finds_files_that_were_moved() {
    server_.add_file("datasets", "org/moved", "data/m.jsonl", "{\"a\": 4}\n", false);
    benchmark_.files = {{"data/m.jsonl", "org/moved", "m.jsonl", "", 9, true}};
    auto fetched = fetch_benchmark(benchmark_, data_folder(), settings_, false, {});
    QVERIFY2(fetched, fetched ? "" : describe(fetched.error()).c_str());
    QCOMPARE(fetched->state, BenchmarkData::ready);
    QCOMPARE(fetched->files[0].place, FoundFile::hub_cache);
    QCOMPARE(*read_file(*find_data_file(benchmark_, "data/m.jsonl", data_folder())),
             std::string("{\"a\": 4}\n"));
  }

  // huggingface_hub's own copy of the conversion branch, read in place.
  void reads_the_conversion_branch_in_the_cache() {
    const std::string commit(40, 'c');
    const fs::path repo = hub_cache_folder() / "datasets--org--conv";
    QVERIFY(write_file(repo / "refs/refs/convert/parquet", commit));
    const fs::path table = repo / "snapshots" / commit / "a/test/0000.parquet";
    QVERIFY(write_file(table, "PAR1"));
    benchmark_.files = {{"a.jsonl", "org/conv", "a.jsonl", "", 9, true}};
    QCOMPARE(*find_data_file(benchmark_, "a.jsonl", data_folder()), table);
    QCOMPARE(benchmark_data(benchmark_, data_folder()).state, BenchmarkData::ready);
    QVERIFY(!find_data_file(benchmark_, "b.jsonl", data_folder()));
  }

  void chooses_safe_weights() {
    using Names = std::vector<std::string>;
    QCOMPARE(chosen({"config.json", "tokenizer.json", "model.safetensors", "pytorch_model.bin",
                     "original/consolidated.00.pth", "onnx/model.onnx", "tf_model.h5"}),
             (Names{"config.json", "tokenizer.json", "model.safetensors"}));
    QCOMPARE(chosen({"m-Q4_0.gguf", "README.md"}), (Names{"m-Q4_0.gguf"}));
    QCOMPARE(chosen({"m-Q8-00001-of-00002.gguf", "m-Q8-00002-of-00002.gguf", "m-Q4.gguf"}, "Q8"),
             (Names{"m-Q8-00001-of-00002.gguf", "m-Q8-00002-of-00002.gguf"}));
    QVERIFY(chosen({"m-Q8.gguf", "m-Q4.gguf"})[0].find("--file: m-Q4.gguf, m-Q8.gguf") !=
            std::string::npos);
    QVERIFY(chosen({"config.json", "pytorch_model.bin"})[0].find("pickle") != std::string::npos);
    QVERIFY(chosen({"config.json"})[0].find("no weights") != std::string::npos);
    QCOMPARE(chosen({"adapter_config.json", "adapter_model.safetensors", "optimizer.pt"}),
             (Names{"adapter_config.json", "adapter_model.safetensors"}));
    QVERIFY(chosen({"adapter_config.json", "adapter_model.bin"})[0].find("pickle") !=
            std::string::npos);
    QCOMPARE(chosen({"config.json", "model.safetensors", "chat_template.jinja",
                     "additional_chat_templates/tool_use.jinja", "other/x.jinja"}),
             (Names{"config.json", "model.safetensors", "chat_template.jinja",
                    "additional_chat_templates/tool_use.jinja"}));
  }

  void adds_models() {
    const fs::path golden = loom::testing::source_folder() / "tests/golden/architectures/qwen2";
    for (const char* name : {"config.json", "model.safetensors"})
      server_.add_file("models", "org/tiny", name, *read_file(golden / name),
                       std::string_view(name) == "model.safetensors");
    server_.add_file("models", "org/tiny", "pytorch_model.bin", "never", true);
    const HubRepo repo{HubRepo::model, "org/tiny"};
    auto model = fetch_model(settings_, repo, "", {});
    QVERIFY2(model.has_value(), model ? "" : describe(model.error()).c_str());
    QCOMPARE(model->name, std::string("org/tiny"));
    QCOMPARE(model->architecture, std::string("qwen2"));
    QVERIFY(!fs::exists(model->path / "pytorch_model.bin"));
    auto found = resolve_model("hf:org/tiny", default_model_folders());
    QVERIFY(found.has_value());
    QCOMPARE(found->name, model->name);
  }

  // Once its base is there, an adapter is a model of its own, by the repository's name.
  void adds_adapters() {
    const fs::path golden = loom::testing::source_folder() / "tests/golden/architectures";
    auto offer = [&](const char* folder, const char* repo, const char* file, bool large) {
      server_.add_file("models", repo, file, *read_file(golden / folder / file), large);
    };
    offer("lora_base", "org/lora_base", "config.json", false);
    offer("lora_base", "org/lora_base", "model.safetensors", true);
    offer("lora_plain", "org/lora", "adapter_config.json", false);
    offer("lora_plain", "org/lora", "adapter_model.safetensors", true);
    auto base = fetch_model(settings_, {HubRepo::model, "org/lora_base"}, "", {});
    QVERIFY2(base.has_value(), base ? "" : describe(base.error()).c_str());
    auto model = fetch_model(settings_, {HubRepo::model, "org/lora"}, "", {});
    QVERIFY2(model.has_value(), model ? "" : describe(model.error()).c_str());
    QCOMPARE(model->name, std::string("org/lora"));
    QVERIFY(fs::equivalent(model->adapter_base, base->path));
    auto found = resolve_model("hf:org/lora", default_model_folders());
    QVERIFY2(found.has_value(), found ? "" : describe(found.error()).c_str());
  }

  void writes_citations() {
    BenchmarkDescription cited;
    cited.id = "ruler";
    cited.title = "RULER";
    cited.version = "2";
    cited.paper = "https://arxiv.org/abs/2404.06654";
    cited.citation = "Hsieh, Sun, et al. 2024. RULER: what's 50% & more";
    QCOMPARE(bibtex(cited),
             std::string("@misc{ruler,\n"
                         "  title = {{RULER: what's 50\\% \\& more}},\n"
                         "  author = {Hsieh and Sun and others},\n"
                         "  year = {2024},\n"
                         "  howpublished = {\\url{https://arxiv.org/abs/2404.06654}},\n"
                         "  note = {RULER, version 2}\n}\n"));
    cited.bibtex = "@inproceedings{x}";
    QCOMPARE(bibtex(std::vector<const BenchmarkDescription*>{&cited, &cited}),
             std::string("@inproceedings{x}\n\n@inproceedings{x}\n"));
  }
};

QTEST_GUILESS_MAIN(FetchTest)
#include "fetch_test.moc"
