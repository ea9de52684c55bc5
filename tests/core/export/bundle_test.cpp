// A run as one file, and what stops or breaks it.
#include <QTest>
#include <sstream>

#include "core/base/random.h"
#include "core/base/text_file.h"
#include "core/export/run_export.h"
#include "tests/core/export/written_run.h"

using namespace loom;
namespace fs = std::filesystem;
using History = testing::WrittenRun;

class BundleTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void a_bundle_opens_elsewhere() {
    History from, to("other");
    auto file = from.folder.path() / "run.loomrun";
    QVERIFY(write_bundle(*from.store, from.run, file));
    auto again = from.folder.path() / "again.loomrun";
    QVERIFY(write_bundle(*from.store, from.run, again));
    auto copy = read_bundle(*to.store, file);
    QVERIFY2(copy, copy ? "" : describe(copy.error()).c_str());
    auto there = *results_json(*to.queries, *copy), here = *results_json(*from.queries, from.run);
    QVERIFY(there["jobs"] == here["jobs"]);
    QVERIFY(there["plan"] == here["plan"]);
  }

  void judgements_go_along_and_change_no_score() {
    History from, to("other");
    const auto scores = [&from] {  // all but what judges said, which stands apart
      auto results = *results_json(*from.queries, from.run);
      results.erase("judged");
      return results;
    };
    const auto before = scores();
    const SampleScore verdict{"judge_correct:m", 1, std::nullopt, "", "unparsed: no verdict", {}};
    QVERIFY(from.store->put_judgement(from.run, 0, 3, verdict));
    QVERIFY(!from.store->put_judgement(from.run, 0, 3, {"contains_all", 1, 1.0, "", "", {}}));
    QVERIFY(!from.store->put_judgement(from.run, 0, 99, verdict));
    QVERIFY(scores() == before);
    const auto file = from.folder.path() / "run.loomrun", lines = from.folder.path() / "s.jsonl";
    QVERIFY(write_bundle(*from.store, from.run, file));
    const auto copy = read_bundle(*to.store, file);
    QVERIFY2(copy, copy ? "" : describe(copy.error()).c_str());
    QVERIFY(write_samples_jsonl(*to.queries, *copy, lines));
    std::istringstream text(*read_file(lines));
    int count = 0;
    for (std::string line; std::getline(text, line); ++count) {
      const auto sample = nlohmann::json::parse(line);
      QCOMPARE(sample["score"]["metric"].get<std::string>(), std::string("contains_all"));
      QCOMPARE(sample.contains("judgements"), count == 3);
      if (count == 3) QVERIFY(sample["judgements"][0]["value"].is_null());
    }
    QCOMPARE(count, 20);
  }

  void a_stopped_export_leaves_no_file() {
    History history;
    auto folder = history.folder.path() / "out";
    fs::create_directories(folder);
    std::stop_source stop;
    WorkControl control{stop.get_token(), [&](double share) {
                          if (share > 0.3) stop.request_stop();
                        }};
    Status bundle = write_bundle(*history.store, history.run, folder / "run.loomrun", control);
    QVERIFY(!bundle && bundle.error().kind == ErrorKind::cancelled);
    Status lines =
        write_samples_jsonl(*history.queries, history.run, folder / "samples.jsonl", control);
    QVERIFY(!lines && lines.error().kind == ErrorKind::cancelled);
    QVERIFY(fs::is_empty(folder));
  }

  void broken_bundles_are_refused() {
    History history;
    auto file = history.folder.path() / "run.loomrun";
    QVERIFY(write_bundle(*history.store, history.run, file));
    std::string good = *read_file(file);
    QVERIFY(!read_bundle(*history.store, history.folder.path() / "missing.loomrun"));
    Random random(5);
    int refused = 0;
    for (int i = 0; i < 60; ++i) {
      std::string bad = i % 2 == 0 ? good.substr(0, random.below(good.size())) : good;
      if (i % 2 == 1)
        for (int flips = 0; flips < 30; ++flips)
          bad[random.below(bad.size())] ^= static_cast<char>(1 << random.below(8));
      QVERIFY(write_file(file, bad));
      refused += !read_bundle(*history.store, file).has_value();
    }
    QVERIFY2(refused == 60, std::to_string(refused).c_str());
    QCOMPARE(*history.queries->count_runs({}), size_t{1});
  }
};

QTEST_GUILESS_MAIN(BundleTest)
#include "bundle_test.moc"
