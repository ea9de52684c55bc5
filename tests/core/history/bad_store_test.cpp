// Files that are not a usable history: each is refused with a message that says why and is left as
// it was.
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QTest>

#include "core/base/random.h"
#include "core/base/text_file.h"
#include "core/history/compressed_text.h"
#include "core/history/database.h"
#include "core/history/run_queries.h"
#include "core/history/search_words.h"
#include "tests/core/history/written_samples.h"
#include "tests/support/test_folders.h"
#include "tests/support/write_protected.h"

using namespace loom;

namespace {

std::filesystem::path store_with_run(const testing::TemporaryFolder& folder) {
  auto file = folder.path() / "history.sqlite";
  auto store = *RunStore::open(file);
  int64_t run = *store->create_run(testing::small_plan("run", 20), testing::small_jobs(20));
  for (int i = 0; i < 20; ++i) (void)store->put_sample(run, testing::written_sample(i));
  return file;
}

void execute(const std::filesystem::path& file, const char* sql) {
  sqlite3* raw = nullptr;
  sqlite3_open(file.c_str(), &raw);
  sqlite3_exec(raw, sql, nullptr, nullptr, nullptr);
  sqlite3_close(raw);
}

}  // namespace

class BadStoreTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void refuses_a_newer_schema() {
    testing::TemporaryFolder folder;
    auto file = store_with_run(folder);
    execute(file, "PRAGMA user_version=99");
    auto store = RunStore::open(file);
    QVERIFY(!store);
    QCOMPARE(store.error().kind, ErrorKind::unsupported);
    QVERIFY(!RunQueries::open(file));
  }

  void refuses_foreign_files() {
    testing::TemporaryFolder folder;
    auto other = folder.path() / "other.sqlite";
    execute(other, "CREATE TABLE thing(x)");
    auto store = RunStore::open(other);
    QVERIFY(!store);
    QCOMPARE(store.error().kind, ErrorKind::invalid_input);
    auto text = folder.path() / "text.sqlite";
    QVERIFY(write_file(text, std::string(5000, 'x')));
    store = RunStore::open(text);
    QVERIFY(!store);
    QCOMPARE(store.error().kind, ErrorKind::corrupt);
    QCOMPARE(*read_file(text), std::string(5000, 'x'));
  }

  void refuses_a_folder_it_may_not_write() {
    if (geteuid() == 0) {
      auto store = RunStore::open("/proc/loomscope/history.sqlite");
      QVERIFY(!store);
      QCOMPARE(store.error().kind, ErrorKind::io);
      return;
    }
    testing::TemporaryFolder folder;
    auto file = store_with_run(folder);
    chmod(file.c_str(), 0444);
    chmod(folder.path().c_str(), 0555);
    auto store = RunStore::open(file);
    chmod(folder.path().c_str(), 0755);
    QVERIFY(!store);
    QCOMPARE(store.error().kind, ErrorKind::io);
  }

  void what_may_not_be_written_is_read() {
    testing::TemporaryFolder folder;
    const auto file = store_with_run(folder);
    const testing::WriteProtected shut(folder.path());
    if (!shut.holds()) QSKIP("skipped: this user may write everywhere");
    const auto refused = RunStore::open(file);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::io);
    const auto store = RunStore::open_as_allowed(file);
    QVERIFY2(store, store ? "" : store.error().message.c_str());
    QVERIFY((*store)->is_read_only());
    QCOMPARE((*store)->plan(1)->name, std::string("run"));
    QCOMPARE(*(*store)->latest_unfinished(), int64_t{1});
    for (const Status& change : {(*store)->rename(1, "x"), (*store)->set_deleted(1, true),
                                 (*store)->put_sample(1, testing::written_sample(21))}) {
      QVERIFY(!change);
      QCOMPARE(change.error().kind, ErrorKind::io);
    }
    const auto queries = RunQueries::open(file);
    QVERIFY2(queries, queries ? "" : queries.error().message.c_str());
    QCOMPARE((*queries)->runs({}, 0, 10)->front().name, std::string("run"));
    QCOMPARE((*queries)->run(1)->samples_done, size_t{20});
    QVERIFY(!RunStore::open_as_allowed(folder.path() / "none.sqlite"));
  }

  void reading_migrates_nothing() {
    testing::TemporaryFolder folder;
    const auto file = store_with_run(folder);
    execute(file, "PRAGMA user_version=1");
    const testing::WriteProtected shut(folder.path());
    if (!shut.holds()) QSKIP("skipped: this user may write everywhere");
    const auto store = RunStore::open_as_allowed(file);
    QVERIFY(!store);
    QCOMPARE(store.error().kind, ErrorKind::unsupported);
  }

  // A writable file is written, and a name with signs of an address is a name.
  void a_history_opened_to_read_stays_as_it_is() {
    testing::TemporaryFolder folder;
    const auto file = folder.path() / "a %20?b#c.sqlite";
    std::filesystem::rename(store_with_run(folder), file);
    {
      const testing::WriteProtected shut(folder.path());
      if (shut.holds()) QVERIFY(RunQueries::open(file));
    }
    const std::string before = *read_file(file);
    {
      const auto store = RunStore::open_to_read(file);
      QVERIFY(store);
      QVERIFY((*store)->is_read_only());
      QVERIFY(!(*store)->rename(1, "x"));
    }
    QVERIFY(*read_file(file) == before);
    const auto store = RunStore::open_as_allowed(file);
    QVERIFY(store);
    QVERIFY(!(*store)->is_read_only());
    QVERIFY((*store)->rename(1, "x"));
  }

  void says_that_it_is_locked() {
    testing::TemporaryFolder folder;
    auto file = store_with_run(folder);
    sqlite3* other = nullptr;
    sqlite3_open(file.c_str(), &other);
    sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
    auto store = RunStore::open(file);
    QVERIFY(store);  // reading is possible
    auto renamed = (*store)->rename(1, "x");
    QVERIFY(!renamed);
    QCOMPARE(renamed.error().kind, ErrorKind::conflict);
    sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr);
    sqlite3_close(other);
    QVERIFY((*store)->rename(1, "x"));
  }

  void a_full_disk_keeps_what_is_stored() {
    testing::TemporaryFolder folder;
    auto file = store_with_run(folder);
    auto database = *Database::open(file, Database::Mode::existing);
    QVERIFY(database->script("PRAGMA max_page_count=1"));  // becomes the present size
    auto full = database->run("INSERT INTO event(run,time,kind,text) VALUES(1,'','',?)",
                              std::string(1'000'000, 'x'));
    QVERIFY(!full);
    QCOMPARE(full.error().kind, ErrorKind::io);
    QVERIFY(full.error().message.find("full") != std::string::npos);
    database.reset();
    auto store = *RunStore::open(file);
    QCOMPARE((*store->finished_samples(1, 1))[0].size(), size_t{20});
  }

  // Flipped bits anywhere: an Error or a wrong text, never a crash.
  void survives_flipped_bits() {
    testing::TemporaryFolder folder;
    std::string good = *read_file(store_with_run(folder));
    { auto checkpointed = *RunStore::open(folder.path() / "history.sqlite"); }
    good = *read_file(folder.path() / "history.sqlite");
    Random random(7);
    int opened = 0;
    for (int i = 0; i < 150; ++i) {
      std::string bad = good;
      for (int flips = 0; flips < 20; ++flips)
        bad[random.below(bad.size())] ^= static_cast<char>(1 << random.below(8));
      auto file = folder.path() / ("bad" + std::to_string(i));
      QVERIFY(write_file(file, bad));
      auto store = RunStore::open(file);
      auto queries = RunQueries::open(file);
      if (!store || !queries) continue;
      ++opened;
      (void)(*queries)->summary(1);
      (void)(*queries)->runs({.text = "run"}, 0, 10);
      auto rows = (*queries)->samples(1, {.text = "shared"}, 0, 100);
      if (rows)
        for (const SampleRow& row : *rows) (void)(*queries)->sample(row.id);
      (void)(*store)->import_run(file);
    }
    QVERIFY(opened > 20);
  }

  void import_takes_only_our_tables() {
    testing::TemporaryFolder folder, other;
    auto file = store_with_run(folder);
    auto bundle = other.path() / "evil.sqlite";
    QVERIFY((*RunStore::open(file))->export_run(1, bundle));
    execute(bundle, "CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM run; END");
    auto store = *RunStore::open(file);
    auto imported = store->import_run(bundle);
    QVERIFY(!imported);
    QCOMPARE(imported.error().kind, ErrorKind::corrupt);
  }

  void import_refuses_a_document_under_a_false_hash() {
    testing::TemporaryFolder folder, other;
    auto file = store_with_run(folder);
    auto bundle = other.path() / "evil.sqlite";
    QVERIFY((*RunStore::open(file))->export_run(1, bundle));
    execute(bundle, "UPDATE document SET hash='0000' WHERE id=1");
    auto store = *RunStore::open(file);
    auto imported = store->import_run(bundle);
    QVERIFY(!imported);
    QCOMPARE(imported.error().kind, ErrorKind::corrupt);
    auto queries = *RunQueries::open(file);
    QCOMPARE(*queries->count_runs({}), size_t{1});  // nothing of it came in
  }

  // Rows that fit no job would end whatever looks for their job, and a score of 700 % any mean.
  void import_refuses_rows_that_fit_nothing() {
    for (const char* evil :
         {"UPDATE sample SET job=5 WHERE idx=3", "UPDATE sample SET job=-1 WHERE idx=3",
          "UPDATE sample SET score=7 WHERE idx=3", "UPDATE sample SET score=-0.5 WHERE idx=3",
          "UPDATE sample SET score='x' WHERE idx=3", "UPDATE sample SET score=9e999 WHERE idx=3",
          "UPDATE job SET definition=replace(definition,'\"benchmark\":0','\"benchmark\":9')"}) {
      testing::TemporaryFolder folder, other;
      auto file = store_with_run(folder);
      auto bundle = other.path() / "evil.sqlite";
      QVERIFY((*RunStore::open(file))->export_run(1, bundle));
      auto store = *RunStore::open(file);
      QVERIFY2(store->import_run(bundle), evil);  // as it was written
      execute(bundle, evil);
      auto imported = store->import_run(bundle);
      QVERIFY2(!imported, evil);
      QCOMPARE(imported.error().kind, ErrorKind::corrupt);
      QVERIFY(!imported.error().where.empty() && !imported.error().remedy.empty());
      auto queries = *RunQueries::open(file);
      QCOMPARE(*queries->count_runs({}), size_t{2});
    }
  }

  // What the sample browser could not open later is refused when it comes in, with its place.
  void import_refuses_samples_that_cannot_be_read_data() {
    QTest::addColumn<std::string>("change");
    QTest::addColumn<std::string>("what");
    auto row = [](const char* name, const char* change, const char* what) {
      QTest::newRow(name) << std::string(change) << std::string(what);
    };
    row("references cut short", "UPDATE sample SET reference='[\"a' WHERE idx=3", "the references");
    row("references of numbers", "UPDATE sample SET reference='[1]' WHERE idx=3", "the references");
    row("references in a text", "UPDATE sample SET reference='\"a\"' WHERE idx=3",
        "the references");
    row("half an evidence", "UPDATE sample SET evidence='[[1]]' WHERE idx=3", "the evidence");
    row("evidence before the text", "UPDATE sample SET evidence='[[-4,2]]' WHERE idx=3",
        "the evidence");
    row("no metadata", "UPDATE sample SET metadata='[1]' WHERE idx=3",
        "what is known of the record");
    row("an error of no form", "UPDATE sample SET error='{' WHERE idx=3", "the error");
    row("an unknown end", "UPDATE prediction SET finish_reason='tired' WHERE sample=4",
        "the answer");
    row("parts cut short", "UPDATE score SET parts='{' WHERE sample=4", "the parts of a score");
  }

  void import_refuses_samples_that_cannot_be_read() {
    QFETCH(std::string, change);
    QFETCH(std::string, what);
    testing::TemporaryFolder folder, other;
    auto file = store_with_run(folder);
    auto bundle = other.path() / "evil.sqlite";
    QVERIFY((*RunStore::open(file))->export_run(1, bundle));
    execute(bundle, change.c_str());
    auto imported = (*RunStore::open(file))->import_run(bundle);
    QVERIFY(!imported);
    QCOMPARE(imported.error().kind, ErrorKind::corrupt);
    QCOMPARE(imported.error().message, what + " cannot be read");
    QCOMPARE(imported.error().where, std::string("sample 3 of job 0"));
    QVERIFY(!imported.error().remedy.empty());
    auto queries = *RunQueries::open(file);
    QCOMPARE(*queries->count_runs({}), size_t{1});  // nothing of it came in
  }

  // A value that was half written, or that nests without end, is an error of its sample alone.
  void unreadable_metadata_is_an_error() {
    testing::TemporaryFolder folder;
    auto file = store_with_run(folder);
    const std::string deep = std::string(200000, '[') + std::string(200000, ']');
    for (const std::string& bad : {std::string("{"), "{\"x\":" + deep + "}"}) {
      auto database = *Database::open(file, Database::Mode::existing);
      QVERIFY(database->run("UPDATE sample SET metadata=? WHERE idx=3", bad));
      database.reset();
      auto queries = *RunQueries::open(file);
      size_t readable = 0;
      for (const SampleRow& row : *queries->samples(1, {}, 0, 100)) {
        const auto sample = queries->sample(row.id);
        readable += static_cast<bool>(sample);
        if (!sample) QCOMPARE(sample.error().kind, ErrorKind::corrupt);
      }
      QCOMPARE(readable, size_t{19});
    }
  }

  void broken_streams_are_errors() {
    std::string packed = compress_text("some text that is long enough to be worth it");
    QCOMPARE(*expand_text(packed), std::string("some text that is long enough to be worth it"));
    QVERIFY(!expand_text(""));
    QVERIFY(!expand_text(packed.substr(0, 12)));
    QVERIFY(!expand_text(std::string(8, '\xff') + packed.substr(8)));
  }

  void queries_hold_no_operators() {
    QCOMPARE(match_query("two wor"), std::string("\"two\" \"wor\"*"));
    QCOMPARE(match_query("a* OR \"b"), std::string("\"a\" \"OR\" \"b\"*"));
    QCOMPARE(match_query("长文"), std::string("\"长\" \"文\""));
    QCOMPARE(match_query(" -- "), std::string());
    QCOMPARE(like_pattern("5%_"), std::string("%5\\%\\_%"));
  }
};

QTEST_GUILESS_MAIN(BadStoreTest)
#include "bad_store_test.moc"
