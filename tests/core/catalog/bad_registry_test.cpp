// Registry files that are damaged: an Error that names the file, never a crash.
#include <QTest>

#include "core/base/text_file.h"
#include "core/catalog/catalog.h"
#include "tests/support/broken_text.h"
#include "tests/support/test_folders.h"

using namespace loom;
namespace fs = std::filesystem;

class BadRegistryTest : public QObject {
  Q_OBJECT

  testing::TemporaryFolder folder_;
  fs::path registry_ = folder_.path() / "models-registry";

  void check(const char* file, unsigned long seed) {
    fs::path target = registry_ / file;
    std::string good = *read_file(target);
    int refused = 0;
    for (const std::string& bad : testing::broken_copies(good, 400, seed)) {
      QVERIFY(write_file(target, bad));
      auto catalog = load_catalog(registry_);
      (void)check_registry_file(target);
      if (catalog) continue;
      ++refused;
      QVERIFY2(catalog.error().where.find(target.filename().string()) != std::string::npos,
               describe(catalog.error()).c_str());
    }
    QVERIFY(refused > 100);
    QVERIFY(write_file(target, good));
  }

 private Q_SLOTS:
  void initTestCase() {
    fs::copy(testing::source_folder() / "models-registry", registry_, fs::copy_options::recursive);
    QVERIFY(load_catalog(registry_));
  }
  void benchmarks() { check("benchmarks/niah.json", 1); }
  void servers() { check("servers/local.json", 2); }
  void augmentations() { check("augmentations/none.json", 3); }
  void suites() { check("suites/loombench.json", 5); }
  void architectures() { check("models/llama.json", 4); }

  void wrong_shapes_are_named() {
    fs::path target = registry_ / "benchmarks" / "niah.json";
    for (const char* text :
         {"", "null", "[]", "7", "{\"format\": \"1\"}", "{\"format\": 1}",
          "{\"format\": 1, \"id\": 7}", "{\"format\": 1, \"id\": \"niah\", \"tasks\": {}}",
          "{\"format\": 99999999999999999999, \"id\": \"niah\"}"}) {
      QVERIFY(write_file(target, text));
      auto catalog = load_catalog(registry_);
      QVERIFY2(!catalog, text);
      QVERIFY2(catalog.error().where.find("niah.json") != std::string::npos,
               describe(catalog.error()).c_str());
      QVERIFY2(!check_registry_file(target), text);
    }
    QVERIFY(write_file(target, std::string(500'000, '[')));
    QVERIFY(!load_catalog(registry_));
    fs::remove(target);
    fs::create_symlink(target, target);
    QVERIFY(!check_registry_file(target));
  }

  // What would fail only in the middle of a run is refused with the registry.
  void what_no_run_could_use_is_refused() {
    fs::path target = registry_ / "benchmarks" / "made.json";
    const nlohmann::json task = {
        {"id", "a"}, {"title", "A"}, {"metric", "squad_f1"}, {"max_new_tokens", 5}};
    auto file_with = [&](const char* field, const nlohmann::json& value, bool of_task) {
      nlohmann::json root = {{"format", 1},    {"id", "made"},   {"title", "Made"},
                             {"summary", "s"}, {"version", "1"}, {"capability", "general"}};
      nlohmann::json one = task;
      (of_task ? one : root)[field] = value;
      root["tasks"] = nlohmann::json::array({one});
      return write_file(target, root.dump());
    };
    QVERIFY(file_with("max_new_tokens", 5, true));
    const auto good = check_registry_file(target);
    QVERIFY2(good, good ? "" : describe(good.error()).c_str());
    const nlohmann::json other_rules = {{"nobody-1", {{"metric", "squad_f1"}}}},
                         no_metric = {{"loomscope-0.8", {{"metric", "none"}}}},
                         absolute = nlohmann::json::array({{{"path", "/etc/passwd"}}}),
                         above = nlohmann::json::array({{{"path", "a/../../b"}}});
    const std::tuple<const char*, nlohmann::json, bool> bad[] = {
        {"metric", "none", true},
        {"max_new_tokens", 0, true},
        {"max_new_tokens", -5, true},
        {"max_new_tokens", 1e30, true},
        {"max_new_tokens", 1 << 30, true},
        {"id", "../b", true},
        {"id", "", true},
        {"metric_parameters", {1}, true},
        {"rules", other_rules, true},
        {"rules", no_metric, true},
        {"files", absolute, false},
        {"files", above, false},
        {"lengths", {-4}, false},
        {"default_lengths", {1e15}, false}};
    for (const auto& [field, value, of_task] : bad) {
      QVERIFY(file_with(field, value, of_task));
      const auto refused = check_registry_file(target);
      QVERIFY2(!refused, (field + value.dump()).c_str());
      QVERIFY(refused.error().where.find("made.json") != std::string::npos);
      QVERIFY(!load_catalog(registry_));
    }
    fs::remove(target);
  }

  void a_missing_folder_is_an_error() { QVERIFY(!load_catalog(folder_.path() / "nowhere")); }
};

QTEST_APPLESS_MAIN(BadRegistryTest)
#include "bad_registry_test.moc"
