// A saved history of every schema there has been opens, keeps all it held and takes more. Made by
// the history_writer of its time: history_writer tests/data/history_v1.sqlite 4
#include <QTest>

#include "core/history/database.h"
#include "core/history/migrations.h"
#include "core/history/run_queries.h"
#include "tests/core/history/written_samples.h"
#include "tests/support/test_folders.h"

using namespace loom;
namespace fs = std::filesystem;

constexpr int kSamples = 4;

class PastVersionsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void every_version_opens_data() {
    QTest::addColumn<int>("version");
    for (int version = 1; version <= kSchemaVersion; ++version)
      QTest::newRow(("version " + std::to_string(version)).c_str()) << version;
  }
  void every_version_opens() {
    QFETCH(int, version);
    testing::TemporaryFolder folder;
    const fs::path file = saved(version, folder.path());
    QCOMPARE(schema_of(file), int64_t{version});
    auto store = RunStore::open(file);
    QVERIFY2(store, store ? "" : describe(store.error()).c_str());
    QCOMPARE(schema_of(file), int64_t{kSchemaVersion});
    check_run(file, 1);
    auto plan = testing::small_plan("new", 1);
    auto run = (*store)->create_run(plan, testing::small_jobs(1));
    QVERIFY(run && (*store)->put_sample(*run, testing::written_sample(0)));
  }

  void its_run_comes_in_as_a_bundle_data() { every_version_opens_data(); }
  void its_run_comes_in_as_a_bundle() {
    QFETCH(int, version);
    testing::TemporaryFolder folder;
    const fs::path file = folder.path() / "history.sqlite";
    auto store = *RunStore::open(file);
    auto run = store->import_run(saved(version, folder.path()));
    QVERIFY2(run, run ? "" : describe(run.error()).c_str());
    check_run(file, *run);
  }

 private:
  static fs::path saved(int version, const fs::path& folder) {
    const std::string name = "history_v" + std::to_string(version) + ".sqlite";
    fs::copy_file(testing::data(name), folder / name);
    return folder / name;
  }
  static int64_t schema_of(const fs::path& file) {
    auto database = *Database::open(file, Database::Mode::query);
    return *database->number("PRAGMA user_version");
  }
  static void check_run(const fs::path& file, int64_t run) {
    auto queries = *RunQueries::open(file);
    auto row = queries->run(run);
    QVERIFY2(row, row ? "" : describe(row.error()).c_str());
    QCOMPARE(row->name, std::string("killed"));
    QCOMPARE(row->state, RunState::finished);
    auto samples = *queries->samples(run, {}, 0, 10);
    QCOMPARE(samples.size(), size_t{kSamples});
    for (const SampleRow& found : samples) {
      const Sample read = *queries->sample(found.id),
                   written = testing::written_sample(found.index);
      QCOMPARE(read.prompt.text, written.prompt.text);
      QCOMPARE(read.result.text, written.result.text);
      QCOMPARE(read.score->value, written.score->value);
    }
    QCOMPARE(queries->summary(run)->jobs[0].score, std::optional<double>(37.5));
    QCOMPARE(queries->samples(run, {.text = "shared"}, 0, 10)->size(), size_t{kSamples});
  }
};

QTEST_GUILESS_MAIN(PastVersionsTest)
#include "past_versions_test.moc"
